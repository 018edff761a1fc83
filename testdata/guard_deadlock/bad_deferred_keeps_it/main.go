// fails: deadlock
// The lock is taken again at the end, and nobody releases it.
package main

import "sync"

type memo struct {
	mu   sync.Mutex
	done map[string]int
}

func (m *memo) do(key string, work func() int) (result int) {
	m.mu.Lock()

	if known, ok := m.done[key]; ok {
		m.mu.Unlock()
		return known
	}
	m.mu.Unlock()
	defer func() {
		m.mu.Lock() // want "GM111"
		m.done[key] = result
	}()
	return work()
}

func main() {
	m := &memo{done: map[string]int{}}
	m.do("a", func() int { return 1 })
	m.do("a", func() int { return 2 })
}
