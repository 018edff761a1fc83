// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

type Conn struct{ id int64 }

type Pool struct {
	mu    sync.RWMutex
	conns map[string]*Conn
	made  atomic.Int64
}

func (p *Pool) dial() *Conn {
	time.Sleep(100 * time.Microsecond) // as the network does
	return &Conn{id: p.made.Add(1)}
}

func (p *Pool) Get(host string) *Conn {
	p.mu.RLock()
	c, ok := p.conns[host]
	p.mu.RUnlock()
	if ok {
		return c
	}
	c = p.dial()
	p.mu.Lock()
	p.conns[host] = c // want "GM107.*conns"
	p.mu.Unlock()
	return c
}

func main() {
	dup := 0
	for r := 0; r < 300; r++ {
		p := &Pool{conns: map[string]*Conn{}}
		var wg sync.WaitGroup
		start := make(chan struct{})
		for g := 0; g < 8; g++ {
			wg.Go(func() { <-start; p.Get("h") })
		}
		close(start)
		wg.Wait()
		if p.made.Load() > 1 {
			dup++
		}
	}
	if dup > 0 {
		fmt.Printf("duplicate connections in %d of 300 rounds\n", dup)
		os.Exit(1)
	}
}
