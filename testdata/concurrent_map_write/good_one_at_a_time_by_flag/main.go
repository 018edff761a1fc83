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

// Request starts the loop unless one is running: its samples belong to that one alone.
func (c *Cache) Request() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.running {
		c.running = true
		go c.loop()
	}
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
	c.samples[i]++
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
