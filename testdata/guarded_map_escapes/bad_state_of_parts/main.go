// fails: race

package main

import (
	"sync"

	"example.com/testdata/guarded_map_escapes/bad_state_of_parts/worker"
)

func main() {
	w := worker.New()
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 20000 {
			w.Set(i)
		}
	})
	for range 200 {
		for range w.State().Failed {
		}
	}
	wg.Wait()
}
