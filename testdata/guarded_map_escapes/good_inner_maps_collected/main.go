package main

import (
	"maps"
	"sync"
)

type Registry struct {
	mu    sync.RWMutex
	rooms map[string]map[string]int
	sizes map[string]map[string]int // replaced as a whole, never changed
}

func (r *Registry) Snapshot() map[string]map[string]int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	all := make(map[string]map[string]int, len(r.rooms))
	for name, members := range r.rooms {
		all[name] = maps.Clone(members)
	}
	return all
}

func (r *Registry) Sizes() map[string]map[string]int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	all := make(map[string]map[string]int, len(r.sizes))
	for name, sizes := range r.sizes {
		all[name] = sizes
	}
	return all
}

func (r *Registry) Resize(room string, size int) {
	fresh := map[string]int{"size": size}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sizes[room] = fresh
}

func (r *Registry) Join(room, member string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.rooms[room] == nil {
		r.rooms[room] = map[string]int{}
	}
	r.rooms[room][member]++
}

func main() {
	r := &Registry{rooms: map[string]map[string]int{}, sizes: map[string]map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			r.Join("hall", "ann")
			r.Resize("hall", i)
		}
	})
	for i := 0; i < 5000; i++ {
		_ = r.Snapshot()["hall"]["ann"]
		_ = r.Sizes()["hall"]["size"]
	}
	wg.Wait()
}
