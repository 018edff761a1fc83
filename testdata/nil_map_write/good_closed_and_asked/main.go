package main

import (
	"fmt"
	"sync"
)

type Hub struct {
	mu    sync.Mutex
	peers map[string]int
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.peers = nil
}

func (h *Hub) Join(name string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.peers == nil {
		return false
	}
	h.peers[name]++
	return true
}

func main() {
	hub := &Hub{peers: map[string]int{}}
	fmt.Println(hub.Join("a"))
	hub.Close()
	fmt.Println(hub.Join("b"))
}
