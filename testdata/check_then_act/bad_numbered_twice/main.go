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

func (p *Pool) Get(host string) *Conn {
	p.mu.RLock()
	c, ok := p.conns[host]
	p.mu.RUnlock()
	if ok {
		return c
	}
	time.Sleep(time.Millisecond)
	c = &Conn{id: p.made.Add(1)}
	p.mu.Lock()
	p.conns[host] = c // want "GM107"
	p.mu.Unlock()
	return c
}

func main() {
	p := &Pool{conns: map[string]*Conn{}}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { p.Get("h") })
	}
	wg.Wait()
	if n := p.made.Load(); n > 1 {
		fmt.Println("connections made:", n)
		os.Exit(1)
	}
}
