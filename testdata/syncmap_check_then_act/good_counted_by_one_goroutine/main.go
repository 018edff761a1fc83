// One goroutine alone stores; the others only look.
package main

import "sync"

type Checker struct {
	counts sync.Map
	done   chan bool
}

func NewChecker() *Checker {
	c := &Checker{done: make(chan bool)}
	go c.run()
	return c
}

func (c *Checker) run() {
	defer close(c.done)
	for range 100 {
		c.count("a")
	}
}

func (c *Checker) count(name string) {
	if n, ok := c.counts.Load(name); ok {
		c.counts.Store(name, n.(int)+1)
	} else {
		c.counts.Store(name, 1)
	}
}

func (c *Checker) Count(name string) int {
	n, _ := c.counts.Load(name)
	count, _ := n.(int)
	return count
}

func main() {
	c := NewChecker()
	c.Count("a")
	<-c.done
	if c.Count("a") != 100 {
		panic("lost some")
	}
}
