// fails: deadlock

package main

import "sync"

type Set struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (s *Set) Add(key string) {
	s.mu.Lock()
	defer s.mu.Lock() // want "GM111"
	s.seen[key] = true
}

func main() {
	s := &Set{seen: map[string]bool{}}
	s.Add("a")
}
