package main

import (
	"sync"
	"sync/atomic"
)

type Conn struct{ id int64 }

type Pool struct {
	mu    sync.RWMutex
	conns map[string]*Conn
	made  atomic.Int64
}

func (p *Pool) Get(host string) *Conn {
	p.mu.RLock()
	c, ok := p.conns[host]
	p.mu.RUnlock()
	if ok {
		return c
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if c, ok := p.conns[host]; ok {
		return c
	}
	c = &Conn{id: p.made.Add(1)}
	p.conns[host] = c
	return c
}

func main() {
	p := &Pool{conns: map[string]*Conn{}}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { p.Get("h") })
	}
	wg.Wait()
	if p.made.Load() != 1 {
		panic("more than one connection")
	}
}
