// fails: race

package main

import "sync"

type Cache[K comparable, V any] struct {
	mu      sync.RWMutex
	entries map[K]V
}

func NewCache[K comparable, V any]() *Cache[K, V] {
	return &Cache[K, V]{entries: make(map[K]V)}
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
	delete(c.entries, k) // want "GM10[14].*entries"
}

func main() {
	c := NewCache[int, string]()
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 3000; i++ {
				c.Put(i%50, "v")
				c.Get(i % 50)
				c.Drop(i % 50)
			}
		})
	}
	wg.Wait()
}
