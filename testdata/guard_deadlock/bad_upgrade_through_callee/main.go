// fails: deadlock

package main

import "sync"

type Cache struct {
	mu    sync.RWMutex
	items map[string]int
}

func (c *Cache) fill(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[key] = len(key)
	return c.items[key]
}

func (c *Cache) Get(key string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if v, ok := c.items[key]; ok {
		return v
	}
	return c.fill(key) // want "GM111.*for writing while it holds it for reading"
}

func main() {
	c := &Cache{items: map[string]int{}}
	c.Get("a")
}
