// fails: race

package main

import (
	"maps"
	"sync"
)

type Stats struct {
	mu     sync.Mutex
	byHost map[string]map[string]int
}

func (s *Stats) Report() map[string]int {
	s.mu.Lock()
	hosts := maps.Clone(s.byHost)
	s.mu.Unlock()
	totals := map[string]int{}
	for host, counts := range hosts {
		counts["reports"]++ // want "GM109.*counts"
		totals[host] = counts["reports"]
	}
	return totals
}

func main() {
	s := &Stats{byHost: map[string]map[string]int{"a": {}}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5000 {
				s.Report()
			}
		})
	}
	wg.Wait()
}
