package main

import (
	"maps"
	"sync"
)

var pool = sync.Pool{New: func() any { return map[string]int{} }}

type Resp struct{ fields map[string]int }

func handle(id int) *Resp {
	m := pool.Get().(map[string]int)
	clear(m)
	m["id"] = id
	defer pool.Put(m)
	return &Resp{fields: maps.Clone(m)}
}

func main() {
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 5000 {
				if r := handle(g + i); r.fields["id"] != g+i {
					panic("mixed up")
				}
			}
		})
	}
	wg.Wait()
}
