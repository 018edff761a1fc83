// fails: race

package main

import (
	"strconv"
	"sync"
)

type Cache struct {
	mu sync.Mutex
	m  map[string]string
}

func (c *Cache) Set(k, v string) {
	c.mu.Lock()
	c.m[k] = v
	c.mu.Unlock()
}

func (c *Cache) Get(k string) string {
	return c.m[k] // want "GM10[24]"
}

func main() {
	c := &Cache{m: map[string]string{}}
	stop := make(chan struct{})
	go func() {
		for i := 0; i < 30000; i++ {
			c.Set(strconv.Itoa(i%100), "v")
		}
		close(stop)
	}()
	for {
		select {
		case <-stop:
			return
		default:
			for i := 0; i < 100; i++ {
				_ = c.Get(strconv.Itoa(i))
			}
		}
	}
}
