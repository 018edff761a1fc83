package main

import (
	"sync"
	"sync/atomic"
)

type pool struct {
	mu    sync.Mutex
	conns sync.Map
	made  atomic.Int64
}

type conn struct{ mu sync.Mutex }

// The fast path takes no lock; the slow one looks again.
func (p *pool) get(host string) *conn {
	if c, ok := p.conns.Load(host); ok {
		return c.(*conn)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if c, ok := p.conns.Load(host); ok {
		return c.(*conn)
	}
	c := &conn{}
	p.made.Add(1)
	p.conns.Store(host, c)
	return c
}

// Callers must hold p.mu.
func (p *pool) renew(host string) *conn {
	if c, ok := p.conns.Load(host); ok {
		p.conns.Delete(host)
		return c.(*conn)
	}
	return nil
}

func (p *pool) Renew(host string) *conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.renew(host)
}

func main() {
	p := &pool{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				p.get("h")
			}
		})
	}
	wg.Wait()
	if p.made.Load() != 1 || p.Renew("h") == nil {
		panic("made twice")
	}
}
