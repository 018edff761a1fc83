// The twin takes the lock in the function that the goroutine is given.
package main

import "sync"

type Tracker struct {
	mu       sync.Mutex
	contexts map[string]int
}

func (t *Tracker) run(name string, wg *sync.WaitGroup, track func(name string) int) {
	defer wg.Done()
	track(name)
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.contexts, name)
}

func (t *Tracker) Start(names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var wg sync.WaitGroup
	for i, name := range names {
		t.contexts[name] = i
		wg.Add(1)
		go t.run(name, &wg, func(name string) int {
			t.mu.Lock()
			defer t.mu.Unlock()
			return t.contexts[name]
		})
	}
}

func main() {
	t := &Tracker{contexts: map[string]int{}}
	for range 100 {
		t.Start([]string{"a", "b", "c", "d"})
	}
}
