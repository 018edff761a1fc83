// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/concurrent_map_write/bad_map_beside_a_guarded_one/registry"
)

func main() {
	r := registry.New()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 2000 {
				name := strconv.Itoa(g*10000 + i)
				r.Map(name, "a")
				r.Subscribe(name)   // may "GM10[12].*r.listeners"
				r.Unsubscribe(name) // may "GM10[12].*r.listeners"
			}
		})
	}
	wg.Wait()
}
