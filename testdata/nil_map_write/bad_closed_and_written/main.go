// fails: panic assignment to entry in nil map

package main

import "sync"

type Hub struct {
	mu    sync.Mutex
	peers map[string]int
}

func NewHub() *Hub {
	return &Hub{peers: make(map[string]int)}
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.peers = nil
}

func (h *Hub) Join(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.peers[name]++ // want-related "GM401.*peers"
}

func main() {
	hub := NewHub()
	hub.Join("a")
	hub.Close()
	hub.Join("b") // want "GM401.*peers"
}
