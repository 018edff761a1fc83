// fails: deadlock

package main

import (
	"sync"
)

type Sink struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *Sink) AddAll(keys []string) {
	for _, k := range keys {
		s.mu.Lock()
		defer s.mu.Unlock() // want "GM111"
		s.m[k]++
	}
}

func main() {
	s := &Sink{m: map[string]int{}}
	s.AddAll([]string{"a", "b"})
}
