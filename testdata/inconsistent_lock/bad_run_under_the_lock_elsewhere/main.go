// fails: race

package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/bad_run_under_the_lock_elsewhere/locks"
)

type Peers struct {
	mu   sync.RWMutex
	byID map[int]int
}

func (p *Peers) Add(id int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.byID[id]++
}

func (p *Peers) Drop(id int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.byID, id)
}

func (p *Peers) Reset(id int) {
	locks.With(&p.mu, func() {
		p.byID[id] = 0 // want "GM104.*Peers.byID"
	})
}

func (p *Peers) Len() int {
	return locks.Shared(&p.mu, func() int { return len(p.byID) })
}

func main() {
	p := &Peers{byID: map[int]int{}}
	start := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
			for i := range 10000 {
				p.Add(i % 8)
				p.Reset(i % 8)
				p.Len()
				p.Drop(i % 8)
			}
		}()
	}
	close(start)
	wg.Wait()
}
