package main

import "sync"

type Cache[K comparable, V any] struct {
	mu      sync.RWMutex
	entries map[K]V
}

func NewCache[K comparable, V any](first map[K]V) *Cache[K, V] {
	c := &Cache[K, V]{entries: make(map[K]V)}
	for k, v := range first {
		c.entries[k] = v
	}
	return c
}

func (c *Cache[K, V]) Put(k K, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[k] = v
}

func (c *Cache[K, V]) Get(k K) (V, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.entries[k]
	return v, ok
}

func (c *Cache[K, V]) Drop(k K) {
	c.mu.Lock()
	delete(c.entries, k)
	c.mu.Unlock()
}

func main() {
	c := NewCache(map[int]string{1: "a"})
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				c.Put(i%50, "v")
				c.Get(i % 50)
				c.Drop(i % 50)
			}
		})
	}
	wg.Wait()
}
