// fails: race

package main

import (
	"strconv"
	"sync"
	"sync/atomic"
)

type Router struct{ table atomic.Value } // holds map[string]string

func (r *Router) Lookup(p string) string {
	return r.table.Load().(map[string]string)[p]
}

func (r *Router) Add(p, target string) {
	m := r.table.Load().(map[string]string)
	m[p] = target // want "GM109"
	r.table.Store(m)
}

func main() {
	r := &Router{}
	r.table.Store(map[string]string{})
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				r.Add(strconv.Itoa(i%100), "x")
				r.Lookup("1")
			}
		})
	}
	wg.Wait()
}
