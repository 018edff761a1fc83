package main

import "sync"

type Conn struct{ closed chan struct{} }

type pool struct {
	mu    sync.RWMutex
	conns map[string]*Conn
}

func (p *pool) dial() *Conn { return &Conn{closed: make(chan struct{})} }

// loop is the only one that puts connections into the map: nobody can come between.
func (p *pool) loop(hosts <-chan string) {
	for host := range hosts {
		p.mu.RLock()
		_, ok := p.conns[host]
		p.mu.RUnlock()
		if ok {
			continue
		}
		c := p.dial()
		p.mu.Lock()
		p.conns[host] = c
		p.mu.Unlock()
	}
}

func (p *pool) len() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.conns)
}

func main() {
	p := &pool{conns: map[string]*Conn{}}
	hosts := make(chan string)
	var wg sync.WaitGroup
	wg.Go(func() { p.loop(hosts) })
	for range 100 {
		hosts <- "h"
		p.len()
	}
	close(hosts)
	wg.Wait()
	if p.len() != 1 {
		panic("twice")
	}
}
