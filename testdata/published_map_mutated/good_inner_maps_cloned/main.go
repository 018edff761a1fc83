package main

import (
	"maps"
	"sync"
)

type Stats struct {
	mu     sync.Mutex
	byHost map[string]map[string]int
}

func (s *Stats) Snapshot() map[string]map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := maps.Clone(s.byHost)
	for host, counts := range all {
		all[host] = maps.Clone(counts)
	}
	return all
}

func (s *Stats) Add(host, what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byHost[host] == nil {
		s.byHost[host] = map[string]int{}
	}
	s.byHost[host][what]++
}

func main() {
	s := &Stats{byHost: map[string]map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 1000 {
				s.Add("a", "hits")
				for _, counts := range s.Snapshot() {
					counts["hits"]++
				}
			}
		})
	}
	wg.Wait()
}
