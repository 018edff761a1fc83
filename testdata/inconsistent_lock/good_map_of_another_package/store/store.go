// Package store keeps numbers by their names.
package store

import "sync"

type Store struct {
	Mu    sync.RWMutex
	Items map[string]int
}

func New() *Store {
	return &Store{Items: map[string]int{}}
}

func (s *Store) Put(name string, n int) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	s.Items[name] = n
}

func (s *Store) Drop(name string) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	delete(s.Items, name)
}

func (s *Store) Get(name string) int {
	s.Mu.RLock()
	defer s.Mu.RUnlock()
	return s.Items[name]
}
