// Helpers without a lock are handed to a callback, under the lock.
package main

import "sync"

type Cache struct {
	mu sync.RWMutex
	m  map[string]int
}

func (c *Cache) Get(key string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.m[key]
}

func (c *Cache) Set(key string, value int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[key] = value
}

func (c *Cache) Delete(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.m, key)
}

func (c *Cache) get(key string) int        { return c.m[key] }
func (c *Cache) set(key string, value int) { c.m[key] = value }

func (c *Cache) WithLock(f func(get func(string) int, set func(string, int))) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f(c.get, c.set)
}

func main() {
	c := &Cache{m: map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.WithLock(func(get func(string) int, set func(string, int)) { set("a", get("a")+1) })
			c.Set("b", c.Get("a"))
			c.Delete("c")
		}()
	}
	wg.Wait()
}
