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
	return p.dial(host)
}

// dial looks again before it makes one.
func (p *Pool) dial(host string) *Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.lookup(host); c != nil {
		return c
	}
	p.conns[host] = &Conn{p.made.Add(1)}
	return p.conns[host]
}

func (p *Pool) lookup(host string) *Conn { return p.conns[host] }

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
