// fails: race

package main

import (
	"maps"
	"sync"
)

type Store struct {
	mu   sync.RWMutex
	byID map[string]map[string]int
}

func (s *Store) Add(id, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	entry, ok := s.byID[id]
	if !ok {
		entry = map[string]int{}
		s.byID[id] = entry
	}
	entry[name]++
}

func (s *Store) Get(id string) (map[string]int, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	entry, ok := s.byID[id]
	if ok {
		return entry, ok // want "GM106.*Store.byID"
	}
	return maps.Clone(entry), true
}

func main() {
	s := &Store{byID: map[string]map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 1000 {
				s.Add("a", "b")
				found, _ := s.Get("a")
				_ = found["b"]
			}
		}()
	}
	wg.Wait()
}
