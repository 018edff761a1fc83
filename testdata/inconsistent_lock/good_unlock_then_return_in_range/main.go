package main

import "sync"

type Pool struct {
	mu   sync.Mutex
	idle map[int]string
}

func (p *Pool) Put(id int) {
	p.mu.Lock()
	p.idle[id] = "conn"
	p.mu.Unlock()
}

// After Unlock the range goes on to no other entry.
func (p *Pool) Get() (string, bool) {
	p.mu.Lock()
	for id, conn := range p.idle {
		delete(p.idle, id)
		p.mu.Unlock()
		return conn, true
	}
	p.mu.Unlock()
	return "", false
}

func main() {
	p := &Pool{idle: map[int]string{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				p.Put(g*10000 + i)
				p.Get()
			}
		})
	}
	wg.Wait()
}
