// fails: race

package main

import (
	"sync"
)

type Pool struct {
	mu    sync.Mutex
	conns map[int]struct{}
}

func (p *Pool) Add(id int) {
	p.mu.Lock()
	p.conns[id] = struct{}{}
	p.mu.Unlock()
}

func (p *Pool) Size() int {
	return len(p.conns) // want "GM10[24].*conns"
}

func main() {
	p := &Pool{conns: map[int]struct{}{}}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; i < 100000; i++ {
			p.Add(i % 5000)
		}
	}()
	n := 0
	for i := 0; i < 100000; i++ {
		n += p.Size()
	}
	wg.Wait()
}
