// Package stats counts events.
package stats

import (
	"sync"

	"example.com/testdata/concurrent_map_read_write/good_kept_for_a_main_loop/watch"
)

type Stats struct {
	mu   sync.Mutex
	seen map[string]int
}

func New(hub *watch.Hub) *Stats {
	s := &Stats{seen: map[string]int{}}
	hub.Listen(func(name string) {
		s.mu.Lock()
		s.seen[name]++
		s.mu.Unlock()
	})
	return s
}

func (s *Stats) Seen(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[name]
}
