package main

import (
	"sync"

	"example.com/testdata/guarded_map_escapes/good_getter_called_under_the_locks/streams"
)

func main() {
	c := streams.New()
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range 1000 {
				c.Open(n % 10)
				c.Request(n % 10)
			}
		}()
	}
	wg.Wait()
}
