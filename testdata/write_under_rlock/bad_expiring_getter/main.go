// fails: race

package main

import (
	"sync"
	"time"
)

type entry struct {
	value string
	until time.Time
}

type Cache struct {
	mu      sync.RWMutex
	entries map[string]entry
}

func (c *Cache) Get(k string) (string, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	e, ok := c.entries[k]
	if ok && time.Now().After(e.until) {
		delete(c.entries, k) // want "GM105.*entries"
		return "", false
	}
	return e.value, ok
}

func (c *Cache) Set(k, v string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[k] = entry{v, time.Now()}
}

func main() {
	c := &Cache{entries: map[string]entry{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 3000; i++ {
				c.Set("k", "v")
				c.Get("k")
				c.Get("k")
			}
		})
	}
	wg.Wait()
}
