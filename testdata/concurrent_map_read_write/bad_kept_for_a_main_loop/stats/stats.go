// Package stats counts events.
package stats

import "example.com/testdata/concurrent_map_read_write/bad_kept_for_a_main_loop/watch"

type Stats struct {
	seen map[string]int
}

func New(hub *watch.Hub) *Stats {
	s := &Stats{seen: map[string]int{}}
	hub.Listen(func(name string) {
		s.seen[name]++ // want-related "GM102.*watch.Listen keeps"
	})
	return s
}

func (s *Stats) Seen(name string) int {
	return s.seen[name] // want "GM102"
}
