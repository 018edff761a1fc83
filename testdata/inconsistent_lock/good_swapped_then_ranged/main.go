package main

import (
	"strconv"
	"sync"
)

type Metrics struct {
	mu     sync.Mutex
	counts map[string]int
}

func (m *Metrics) Inc(name string) {
	m.mu.Lock()
	m.counts[name]++
	m.mu.Unlock()
}

// The old map belongs to this goroutine alone, once a fresh one has taken its place.
func (m *Metrics) Flush(emit func(string, int)) {
	m.mu.Lock()
	old := m.counts
	m.counts = make(map[string]int, len(old))
	m.mu.Unlock()
	for name, n := range old {
		emit(name, n)
	}
}

func main() {
	m := &Metrics{counts: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				m.Inc(strconv.Itoa(i % 20))
			}
		})
	}
	sum := 0
	for i := 0; i < 50; i++ {
		m.Flush(func(_ string, n int) { sum += n })
	}
	wg.Wait()
	m.Flush(func(_ string, n int) { sum += n })
	if sum != 8000 {
		panic(sum)
	}
}
