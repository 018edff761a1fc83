// fails: race

package main

import "sync"

type writer struct {
	fill func()
	done chan bool
}

func (w *writer) run() {
	for range 300 {
		w.fill()
	}
	w.done <- true
}

type Conn struct {
	mu       sync.Mutex
	requests map[int]bool
	writer   *writer
}

func (c *Conn) choke() { clear(c.requests) } // want "GM104"

func (c *Conn) Request(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests[n] = true
}

func (c *Conn) Pending() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.requests)
}

func NewConn() *Conn {
	c := &Conn{requests: map[int]bool{}}
	c.writer = &writer{
		fill: func() { c.choke() },
		done: make(chan bool),
	}
	go c.writer.run()
	return c
}

func main() {
	c := NewConn()
	for n := range 3000 {
		c.Request(n)
		c.Pending()
	}
	<-c.writer.done
}
