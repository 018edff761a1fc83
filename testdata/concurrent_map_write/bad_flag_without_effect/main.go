// fails: race

package main

import (
	"sync"
	"time"
)

type Cache struct {
	mu      sync.Mutex
	running bool
	samples map[int]int
}

// Request notes that a loop is running, and starts one each time all the same.
func (c *Cache) Request() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running = true
	go c.loop()
}

func (c *Cache) loop() {
	for i := range 50 {
		c.sample(i)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running = false
}

func (c *Cache) sample(i int) {
	c.samples[i]++ // want "GM101"
}

func (c *Cache) idle() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.running
}

var cache = &Cache{samples: map[int]int{}}

func main() {
	for range 300 {
		cache.Request()
	}
	for !cache.idle() {
		time.Sleep(time.Millisecond)
	}
}
