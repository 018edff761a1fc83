// One method takes no lock and says why.
package main

import "sync"

type Tracker struct {
	mu  sync.Mutex
	ids map[string]bool
}

func (t *Tracker) Add(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ids[id] = true
}

func (t *Tracker) Has(id string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ids[id]
}

func (t *Tracker) Remove(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.ids, id)
}

func (t *Tracker) Each(visit func(id string)) {
	// The absence of a lock is deliberate: all workers have ended when this is called.
	for id := range t.ids {
		visit(id)
	}
}

func main() {
	t := &Tracker{ids: map[string]bool{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			t.Add("a")
			_ = t.Has("a")
			t.Remove("b")
		}()
	}
	wg.Wait()
	t.Each(func(string) {})
}
