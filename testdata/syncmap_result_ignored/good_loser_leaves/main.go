package main

import (
	"sync"
	"sync/atomic"
)

type conn struct {
	mu   sync.Mutex
	open bool
}

func (c *conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = false
}

var (
	conns   sync.Map
	started atomic.Int64
)

// Who comes second closes its own and goes away.
func start(host string) {
	c := &conn{open: true}
	if _, loaded := conns.LoadOrStore(host, c); loaded {
		c.Close()
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open {
		started.Add(1)
	}
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 100; i++ {
				start("h")
			}
		})
	}
	wg.Wait()
	if started.Load() != 1 {
		panic("started twice")
	}
}
