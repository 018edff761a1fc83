// The lock guards the registry, not the object of each call which is filled while it is looked at.
package main

import (
	"fmt"
	"sync"
)

type registry struct {
	mu    sync.RWMutex
	known map[string]int
}

func (r *registry) add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known[name] = len(name)
}

type page struct {
	values map[string]int
}

func newPage() *page { return &page{values: map[string]int{}} }

func (r *registry) fill(p *page) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for name, size := range r.known {
		p.values[name] = size
	}
}

func (r *registry) Show(names ...string) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	p := newPage()
	for _, name := range names {
		p.put(name, r.known[name])
	}
	return len(p.values)
}

func (p *page) put(name string, size int) { p.values[name] = size }

func main() {
	r := &registry{known: map[string]int{}}
	var wg sync.WaitGroup
	for n := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r.add(fmt.Sprint(n))
			p := newPage()
			r.fill(p)
			_ = len(p.values) + r.Show("1", "2")
		}()
	}
	wg.Wait()
}
