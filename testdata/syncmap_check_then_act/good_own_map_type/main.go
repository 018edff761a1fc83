package main

import "sync"

// Map only has the names of sync.Map's methods; its callers have a lock for it.
type Map struct{ entries map[string]int }

func (m *Map) Load(k string) (int, bool) {
	v, ok := m.entries[k]
	return v, ok
}

func (m *Map) Store(k string, v int) { m.entries[k] = v }

func count(words []string) *Map {
	m := &Map{entries: map[string]int{}}
	for _, w := range words {
		n, _ := m.Load(w)
		m.Store(w, n+1)
	}
	return m
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			if n, _ := count([]string{"a", "b", "a"}).Load("a"); n != 2 {
				panic("wrong")
			}
		})
	}
	wg.Wait()
}
