package main

import (
	"strconv"
	"sync"
)

type cache struct {
	mu    sync.RWMutex
	items map[string]int
}

func (c *cache) add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[name]++
}

func (c *cache) count(name string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.items[name]
}

// all is what nobody asks for any more.
func (c *cache) all() map[string]int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.items
}

func main() {
	c := &cache{items: map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 1000 {
				c.add(strconv.Itoa(c.count("0") + i%10))
			}
		})
	}
	wg.Wait()
}
