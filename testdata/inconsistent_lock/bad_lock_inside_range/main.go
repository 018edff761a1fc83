// fails: race

package main

import "sync"

type Peers struct {
	mu   sync.Mutex
	seen map[int]int64
}

func (p *Peers) Touch(id int, at int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen[id] = at
}

// The lock is held for each step's body, but not for the step from one entry to the next.
func (p *Peers) Expire(before int64) {
	for id, at := range p.seen { // want "GM10[34].*seen"
		p.mu.Lock()
		if at < before {
			delete(p.seen, id) // may "GM201"
		}
		p.mu.Unlock()
	}
}

func main() {
	p := &Peers{seen: map[int]int64{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 20000; i++ {
			p.Touch(i%100, int64(i))
		}
	})
	wg.Go(func() {
		for i := 0; i < 200; i++ {
			p.Expire(int64(i * 50))
		}
	})
	wg.Wait()
}
