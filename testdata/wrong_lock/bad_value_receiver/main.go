// fails: race

package main

import (
	"sync"
)

type Counter struct {
	mu sync.Mutex
	m  map[string]int
}

// Value receiver: every call locks its own copy of mu, the map is shared.
func (c Counter) Inc(k string) { // may "GM108"
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k]++ // want "GM108"
}

func main() {
	c := Counter{m: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 30000; i++ {
				c.Inc("k")
			}
		})
	}
	wg.Wait()
}
