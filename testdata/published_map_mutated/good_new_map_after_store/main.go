package main

import (
	"maps"
	"sync"
	"sync/atomic"
)

type Window struct {
	mu      sync.Mutex
	counts  map[string]int
	current atomic.Value
}

func (w *Window) Add(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counts[key]++
	if len(w.counts) > 10 {
		w.current.Store(w.counts)
		w.counts = map[string]int{}
	}
	w.counts["total"]++
}

func (w *Window) Publish() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.current.Store(maps.Clone(w.counts))
	clear(w.counts)
}

func main() {
	w := &Window{counts: map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 1000 {
				w.Add(string(rune('a' + i%26)))
				if old, ok := w.current.Load().(map[string]int); ok {
					_ = old["a"]
				}
			}
		})
	}
	wg.Wait()
	w.Publish()
}
