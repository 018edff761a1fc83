package main

import "sync"

type Store struct {
	mu    sync.Mutex
	items map[string]int
}

// flush expects the lock, gives it back while it works, and takes it again.
func (s *Store) flush() {
	s.mu.Unlock()
	defer s.mu.Lock()
	work()
}

// rotate does so twice.
func (s *Store) rotate() {
	s.mu.Unlock()
	work()
	s.mu.Lock()
	s.items["rotated"]++
	s.mu.Unlock()
	work()
	s.mu.Lock()
}

func work() {}

func (s *Store) Put(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[key]++
	s.flush()
	s.rotate()
	return len(s.items)
}

func main() {
	s := &Store{items: map[string]int{}}
	if s.Put("a") != 2 {
		panic("wrong")
	}
}
