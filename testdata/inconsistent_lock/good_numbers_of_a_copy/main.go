// ok
// The goroutines get numbers out of a copy, which stays this function's own.
package main

import "sync"

type versions struct {
	mu  sync.RWMutex
	old map[int]int
}

type part struct{ list *versions }

func (p *part) Set(n int) {
	p.list.mu.Lock()
	defer p.list.mu.Unlock()
	p.list.old[n] = n
}

func (p *part) Get(n int) int {
	p.list.mu.RLock()
	defer p.list.mu.RUnlock()
	return p.list.old[n]
}

func (p *part) Clean() {
	var wg sync.WaitGroup
	for range 3 {
		p.list.mu.RLock()
		copied := &versions{old: make(map[int]int)}
		for n, v := range p.list.old {
			copied.old[n] = v
		}
		p.list.mu.RUnlock()
		for n := range copied.old {
			wg.Add(1)
			go func(n int) {
				defer wg.Done()
				p.list.mu.Lock()
				delete(p.list.old, n)
				p.list.mu.Unlock()
			}(n)
		}
	}
	wg.Wait()
}

func main() {
	p := &part{list: &versions{old: map[int]int{}}}
	for n := range 100 {
		p.Set(n)
	}
	p.Clean()
	println(p.Get(1))
}
