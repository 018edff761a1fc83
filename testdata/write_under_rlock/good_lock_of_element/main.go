package main

import "sync"

type room struct {
	mu      sync.Mutex
	members map[int]bool
}

type Hub struct {
	mu    sync.RWMutex
	rooms map[string]*room
}

// The shared lock is for finding the room; its members have a lock of their own.
func (h *Hub) Join(name string, id int) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	r := h.rooms[name]
	r.mu.Lock()
	defer r.mu.Unlock()
	r.members[id] = true
}

func (h *Hub) Open(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rooms[name] == nil {
		h.rooms[name] = &room{members: map[int]bool{}}
	}
}

func main() {
	h := &Hub{rooms: map[string]*room{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				h.Open("a")
				h.Join("a", i%20)
			}
		})
	}
	wg.Wait()
}
