// What the first call sets is there before anything further down, for whoever calls.
package main

import "sync"

type Config struct {
	once     sync.Once
	mu       sync.Mutex
	fallback bool
	values   map[string]int
}

func (c *Config) Load(n int) {
	if c.fallback {
		c.once.Do(func() {
			c.values = map[string]int{"a": 1}
		})
	}
	next := map[string]int{"a": n}
	c.mu.Lock()
	c.values = next
	c.mu.Unlock()
}

func main() {
	for range 100 {
		c := &Config{fallback: true}
		var wg sync.WaitGroup
		for n := range 4 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				c.Load(n)
			}()
		}
		wg.Wait()
	}
}
