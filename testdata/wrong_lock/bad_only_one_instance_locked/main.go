// fails: race

package main

import "sync"

type Set struct {
	mu    sync.Mutex
	items map[string]int
}

func NewSet() *Set { return &Set{items: map[string]int{}} }

// Take moves everything from another set, holding its own lock alone.
func (s *Set) Take(other *Set) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, n := range other.items { // may "GM108"
		s.items[k] += n
		delete(other.items, k) // want "GM108"
	}
}

func (s *Set) Add(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[k]++
}

func (s *Set) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.items)
}

func main() {
	total, part := NewSet(), NewSet()
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 20000 {
			total.Take(part)
		}
	})
	wg.Go(func() {
		for range 20000 {
			part.Add("a")
			total.Add("b")
			total.Len()
		}
	})
	wg.Wait()
}
