package main

import (
	"maps"
	"sync"
	"time"
)

type Registry struct {
	mu       sync.Mutex
	services map[int]time.Time
	stop     chan struct{}
}

func (r *Registry) monitor() {
	tick := time.NewTicker(20 * time.Microsecond)
	defer tick.Stop()
	for {
		select {
		case <-r.stop:
			return
		case <-tick.C:
			r.mu.Lock()
			services := maps.Clone(r.services)
			r.mu.Unlock()
			for id, seen := range services {
				if time.Since(seen) > time.Hour {
					println("gone:", id)
				}
			}
		}
	}
}

func main() {
	r := &Registry{services: map[int]time.Time{}, stop: make(chan struct{})}
	go r.monitor()
	for i := 0; i < 5000; i++ {
		r.mu.Lock()
		r.services[i%300] = time.Now()
		r.mu.Unlock()
	}
	close(r.stop)
}
