// fails: race

package main

import "sync"

type Hub struct {
	mu    sync.RWMutex
	rooms map[string][]int
}

func (h *Hub) Members(room string) []int {
	h.mu.RLock()
	if h.rooms == nil {
		h.rooms = make(map[string][]int) // want "GM105.*rooms"
	}
	members := h.rooms[room]
	h.mu.RUnlock()
	return members
}

func main() {
	for r := 0; r < 200; r++ {
		h := &Hub{}
		var wg sync.WaitGroup
		for g := 0; g < 4; g++ {
			wg.Go(func() { h.Members("a") })
		}
		wg.Wait()
	}
}
