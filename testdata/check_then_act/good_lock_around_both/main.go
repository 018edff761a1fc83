package main

import (
	"sync"
	"sync/atomic"
)

type Conn struct{ closed chan struct{} }

type Pool struct {
	dialing sync.Mutex
	mu      sync.RWMutex
	conns   map[string]*Conn
	made    atomic.Int64
}

func (p *Pool) dial() *Conn {
	p.made.Add(1)
	return &Conn{closed: make(chan struct{})}
}

// Get lets one in at a time to find nothing and dial; readers of the map need not wait for it.
func (p *Pool) Get(host string) *Conn {
	p.dialing.Lock()
	defer p.dialing.Unlock()
	p.mu.RLock()
	c, ok := p.conns[host]
	p.mu.RUnlock()
	if ok {
		return c
	}
	c = p.dial()
	p.mu.Lock()
	p.conns[host] = c
	p.mu.Unlock()
	return c
}

func main() {
	p := &Pool{conns: map[string]*Conn{}}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				p.Get("h")
			}
		})
	}
	wg.Wait()
	if p.made.Load() != 1 {
		panic("made twice")
	}
}
