// What is stored is the pointer that was loaded, changed under its own lock.
package main

import "sync"

type entry struct {
	mu       sync.Mutex
	attempts int
}

type Gateway struct{ entries sync.Map }

func (g *Gateway) Schedule(id int) {
	value, _ := g.entries.LoadOrStore(id, &entry{})
	e := value.(*entry)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.attempts += 1
	g.entries.Store(id, e)
}

func main() {
	g := &Gateway{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { g.Schedule(1) })
	}
	wg.Wait()
}
