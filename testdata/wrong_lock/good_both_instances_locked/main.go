package main

import "sync"

type Set struct {
	mu    sync.Mutex
	items map[string]int
}

func NewSet() *Set { return &Set{items: map[string]int{}} }

// Take moves everything from another set, holding the locks of both.
func (s *Set) Take(other *Set) {
	s.mu.Lock()
	other.mu.Lock()
	defer s.mu.Unlock()
	defer other.mu.Unlock()
	for k, n := range other.items {
		s.items[k] += n
		delete(other.items, k)
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
		for range 300 {
			total.Take(part)
		}
	})
	wg.Go(func() {
		for range 300 {
			part.Add("a")
			total.Add("b")
			total.Len()
		}
	})
	wg.Wait()
}
