// The old map is taken out under the lock; a helper puts a new one in its place.
package main

import "sync"

type Pool struct {
	mu    sync.Mutex
	conns map[int]bool
}

func (p *Pool) reset() {
	p.conns = make(map[int]bool)
}

func (p *Pool) Add(id int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns[id] = true
}

func (p *Pool) Drain() int {
	p.mu.Lock()
	conns := p.conns
	p.reset()
	p.mu.Unlock()
	closed := 0
	for range conns {
		closed++
	}
	return closed
}

func main() {
	p := &Pool{conns: map[int]bool{}}
	var wg sync.WaitGroup
	for id := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			p.Add(id)
			p.Drain()
		}()
	}
	wg.Wait()
}
