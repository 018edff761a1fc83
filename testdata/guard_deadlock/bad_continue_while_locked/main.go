// fails: deadlock

package main

import "sync"

type Set struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (s *Set) AddAll(keys []string) (added int) {
	for _, key := range keys {
		s.mu.Lock()
		if s.seen[key] {
			continue // want "GM111.*next iteration"
		}
		s.seen[key] = true
		added++
		s.mu.Unlock()
	}
	return added
}

func main() {
	s := &Set{seen: map[string]bool{"a": true}}
	s.AddAll([]string{"a", "b"})
}
