// fails: race
package main

import (
	"runtime"
	"sync"
)

var pool = sync.Pool{New: func() any { return map[string]int{} }}

type Resp struct{ fields map[string]int }

func handle(id int) *Resp {
	m := pool.Get().(map[string]int)
	clear(m)
	m["id"] = id // want-related "GM109"
	defer pool.Put(m)
	return &Resp{fields: m} // want "GM109 .*m is returned although it goes back into pool"
}

func main() {
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 5000 {
				r := handle(g + i)
				runtime.Gosched()  // the next one takes the map from the pool
				_ = r.fields["id"] // want-related "GM109"
			}
		})
	}
	wg.Wait()
}
