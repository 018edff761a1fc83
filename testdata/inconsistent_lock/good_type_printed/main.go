package main

import (
	"fmt"
	"sync"
)

type Balancer struct {
	mu    sync.Mutex
	conns map[string]int
}

func (b *Balancer) Update(name string) error {
	b.mu.Lock()
	b.conns[name]++
	b.mu.Unlock()
	return fmt.Errorf("%T at %p "+"cannot handle %s", b.conns, b, name)
}

func main() {
	b := &Balancer{conns: map[string]int{}}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 300 {
				_ = b.Update("a")
			}
		})
	}
	wg.Wait()
}
