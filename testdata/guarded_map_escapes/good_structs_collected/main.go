package main

import (
	"maps"
	"sync"
)

type Item struct {
	Name   string
	Labels map[string]string
}

type Store struct {
	mu    sync.Mutex
	items map[string]Item
}

func (s *Store) List() []Item {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Item
	for _, item := range s.items {
		item.Labels = maps.Clone(item.Labels)
		all = append(all, item)
	}
	return all
}

func (s *Store) Label(name, key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	item := s.items[name]
	item.Labels[key] = value
}

// What is collected stays here, under the lock.
func (s *Store) Total() (total int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Item
	for _, item := range s.items {
		all = append(all, item)
	}
	for _, item := range all {
		total += len(item.Labels)
	}
	return total
}

func main() {
	s := &Store{items: map[string]Item{"a": {"a", map[string]string{"k": "v"}}}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			s.Label("a", "k", "w")
		}
	})
	for i := 0; i < 5000; i++ {
		for _, item := range s.List() {
			_ = item.Labels["k"]
		}
		_ = s.Total()
	}
	wg.Wait()
}
