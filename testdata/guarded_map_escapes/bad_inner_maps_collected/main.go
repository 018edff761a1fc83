// fails: race

package main

import "sync"

type Registry struct {
	mu    sync.RWMutex
	rooms map[string]map[string]int
}

// A loop that copies the outer map hands out the inner ones themselves.
func (r *Registry) Snapshot() map[string]map[string]int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	all := make(map[string]map[string]int, len(r.rooms))
	for name, members := range r.rooms {
		all[name] = members // want "GM106.*Registry.rooms"
	}
	return all
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
	r := &Registry{rooms: map[string]map[string]int{}}
	r.Join("hall", "ann")
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 50000; i++ {
			r.Join("hall", "ann")
		}
	})
	for i := 0; i < 500; i++ {
		for _, members := range r.Snapshot() {
			for j := 0; j < 20; j++ {
				_ = members["ann"]
			}
		}
	}
	wg.Wait()
}
