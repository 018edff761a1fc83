package main

import "sync"

type Hub struct {
	mu    sync.Mutex
	conns map[int]string
}

func (h *Hub) Add(id int, name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.conns[id] = name
}

// The loop ends where the lock is given up; what follows begins anew.
func (h *Hub) Find(name string, then func(int)) bool {
	h.mu.Lock()
	for id, n := range h.conns {
		if n == name {
			h.mu.Unlock()
			then(id)
			h.mu.Lock()
			break
		}
	}
	for id, n := range h.conns {
		if n == name {
			h.mu.Unlock()
			then(id)
			return true
		}
	}
	h.mu.Unlock()
	return false
}

func main() {
	h := &Hub{conns: map[int]string{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 100; i++ {
				h.Add(i, "ann")
				h.Find("ann", func(id int) { h.Add(id+1, "bob") })
			}
		})
	}
	wg.Wait()
}
