// fails: deadlock

package main

import "sync"

type Cache struct {
	mu    sync.Mutex
	items map[string]int
}

func (c *Cache) drop(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.items, key)
}

func (c *Cache) expire(key string) {
	if key != "" {
		c.drop(key)
	}
}

func (c *Cache) Put(key string, value int) {
	c.mu.Lock()
	c.items[key] = value
	c.expire("old") // want "GM111.*c.expire.*Cache.items"
	c.mu.Unlock()
}

func main() {
	c := &Cache{items: map[string]int{}}
	c.Put("a", 1)
}
