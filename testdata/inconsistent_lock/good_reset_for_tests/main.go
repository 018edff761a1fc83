package main

import "sync"

type Store struct {
	mu    sync.Mutex
	items map[int]int
}

func (s *Store) Put(k int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[k]++
}

func (s *Store) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.items)
}

// Reset empties the store. It is used for tests only.
func (s *Store) Reset() {
	s.items = map[int]int{}
}

func main() {
	s := &Store{items: map[int]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 1000 {
				s.Put(i)
				s.Len()
			}
		}()
	}
	wg.Wait()
	s.Reset()
}
