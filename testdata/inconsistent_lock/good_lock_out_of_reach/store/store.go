// Package store keeps numbers by their names.
package store

import "sync"

type Store struct {
	mu    sync.RWMutex
	Items map[string]int
}

func New() *Store {
	return &Store{Items: map[string]int{}}
}

func (s *Store) Put(name string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Items[name] = n
}

func (s *Store) Drop(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.Items, name)
}

func (s *Store) Get(name string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.Items[name]
}

// Len tells how many there are.
func (s *Store) Len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.Items)
}
