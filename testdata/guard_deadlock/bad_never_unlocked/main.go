// fails: deadlock

package main

import "sync"

type Set struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (s *Set) Add(key string) {
	s.mu.Lock() // want "GM111.*still held"
	s.seen[key] = true
}

func (s *Set) Has(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[key]
}

func main() {
	s := &Set{seen: map[string]bool{}}
	s.Add("a")
	s.Has("a")
}
