// fails: race

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
	return fmt.Errorf("%p with %v cannot handle %s", b, b.conns, name) // want "GM104"
}

func main() {
	b := &Balancer{conns: map[string]int{}}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := range 300 {
				_ = b.Update(fmt.Sprint(i))
			}
		})
	}
	wg.Wait()
}
