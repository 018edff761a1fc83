package main

import (
	"sync"
	"sync/atomic"
)

type Conn struct{ closed chan struct{} }

type Pool struct {
	mu    sync.Mutex
	conns map[string]*Conn
	busy  map[string]bool
	made  atomic.Int64
}

func (p *Pool) dial() *Conn {
	p.made.Add(1)
	return &Conn{closed: make(chan struct{})}
}

// Get tells the others, in the section that finds nothing, that it will make one.
func (p *Pool) Get(host string) *Conn {
	p.mu.Lock()
	c, ok := p.conns[host]
	if ok || p.busy[host] {
		p.mu.Unlock()
		return c
	}
	p.busy[host] = true
	p.mu.Unlock()
	c = p.dial()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns[host] = c
	delete(p.busy, host)
	return c
}

func main() {
	p := &Pool{conns: map[string]*Conn{}, busy: map[string]bool{}}
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
