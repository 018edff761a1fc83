// A function that is kept is called by whoever gets hold of it, and takes the lock itself.
package main

import (
	"fmt"
	"sync"
)

type conn struct {
	mu      sync.Mutex
	onClose func()
}

func (c *conn) OnClose(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.onClose = f
}

func (c *conn) Close() {
	c.mu.Lock()
	f := c.onClose
	c.mu.Unlock()
	f()
}

type Hub struct {
	mu    sync.Mutex
	conns map[int]*conn
}

func (h *Hub) Add(id int) *conn {
	c := &conn{}
	h.mu.Lock()
	h.conns[id] = c
	h.mu.Unlock()
	c.OnClose(func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.conns, id)
	})
	return c
}

func (h *Hub) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.conns)
}

func main() {
	hub := &Hub{conns: map[int]*conn{}}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 100 {
				hub.Add(g*100 + i).Close()
			}
		})
	}
	wg.Wait()
	fmt.Println(hub.Len())
}
