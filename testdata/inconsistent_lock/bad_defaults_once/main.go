// fails: race

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
			c.values = map[string]int{"a": 1} // want "GM104.*Config.values"
		})
	}
	next := map[string]int{"a": n}
	c.mu.Lock()
	c.values = next
	c.mu.Unlock()
}

// Value may be asked before anything was loaded.
func (c *Config) Value(k string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.values[k]
}

func main() {
	for range 1000 {
		c := &Config{fallback: true}
		start := make(chan struct{})
		var wg sync.WaitGroup
		for n := range 4 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				<-start
				for range 20 {
					c.Value("a")
				}
				c.Load(n)
			}()
		}
		close(start)
		wg.Wait()
	}
}
