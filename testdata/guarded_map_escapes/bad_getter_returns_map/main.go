// fails: race

package main

import (
	"strconv"
	"sync"
)

type Config struct {
	mu   sync.RWMutex
	vals map[string]string
}

func (c *Config) Set(k, v string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.vals[k] = v
}

func (c *Config) All() map[string]string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.vals // want "GM106.*vals"
}

func main() {
	c := &Config{vals: map[string]string{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 50000; i++ {
			c.Set(strconv.Itoa(i%500), "v")
		}
	})
	for i := 0; i < 500; i++ {
		for k, v := range c.All() { // may "GM10[346]"
			_ = k + v
		}
	}
	wg.Wait()
}
