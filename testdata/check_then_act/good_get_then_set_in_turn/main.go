package main

import "sync"

type Counts struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *Counts) get(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.m[name]
}

func (c *Counts) set(name string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[name] = n
}

func (c *Counts) add(name string) {
	n := c.get(name)
	c.set(name, n+1)
}

func main() {
	c := &Counts{m: map[string]int{}}
	done := make(chan bool)
	for range 2 {
		go func() {
			c.add("a")
			done <- true
		}()
		<-done
	}
	if c.m["a"] != 2 {
		panic("lost")
	}
}
