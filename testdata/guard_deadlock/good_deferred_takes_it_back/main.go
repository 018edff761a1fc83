// ok
// What was deferred first runs last: it releases the lock that is taken again.
package main

import "sync"

type memo struct {
	mu   sync.Mutex
	done map[string]int
}

func (m *memo) do(key string, work func() int) (result int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if known, ok := m.done[key]; ok {

		return known
	}
	m.mu.Unlock()
	defer func() {
		m.mu.Lock()
		m.done[key] = result
	}()
	return work()
}

func main() {
	m := &memo{done: map[string]int{}}
	m.do("a", func() int { return 1 })
	m.do("a", func() int { return 2 })
}
