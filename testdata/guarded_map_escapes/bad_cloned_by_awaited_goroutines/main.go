// fails: race

package main

import (
	"sync"

	"example.com/testdata/guarded_map_escapes/bad_cloned_by_awaited_goroutines/store"
)

func main() {
	c := store.New()
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 1000 {
				c.Put(i%4, i)
				c.Snapshot()
			}
		}()
	}
	wg.Wait()
}
