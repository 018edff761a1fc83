// fails: race

package main

import (
	"sync"
)

type Hub struct {
	mu      sync.Mutex
	clients map[int]chan string
}

func (h *Hub) Join(id int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clients[id] = make(chan string, 1)
}

func (h *Hub) Broadcast(msg string) {
	for _, ch := range h.clients { // want "GM10[34].*clients"
		select {
		case ch <- msg:
		default:
		}
	}
}

func main() {
	h := &Hub{clients: map[int]chan string{}}
	go func() {
		for i := 0; ; i++ {
			h.Join(i % 2000)
		}
	}()
	for i := 0; i < 2000; i++ {
		h.Broadcast("hi")
	}
}
