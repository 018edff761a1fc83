// Package watch tells listeners of events, on the goroutine that runs its main loop.
package watch

import "sync"

type Hub struct {
	mu        sync.Mutex
	listeners []func(string)
	events    chan string
	done      chan struct{}
}

func New() *Hub {
	return &Hub{events: make(chan string), done: make(chan struct{})}
}

func (h *Hub) Listen(listener func(string)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.listeners = append(h.listeners, func(name string) {
		if name != "" {
			listener(name)
		}
	})
}

func (h *Hub) Tell(name string) { h.events <- name }

func (h *Hub) Close() { close(h.done) }

func (h *Hub) Run() {
	for {
		select {
		case name := <-h.events:
			h.tell(name)
		case <-h.done:
			return
		}
	}
}

func (h *Hub) tell(name string) {
	h.mu.Lock()
	listeners := make([]func(string), len(h.listeners))
	copy(listeners, h.listeners)
	h.mu.Unlock()
	for _, listener := range listeners {
		listener(name)
	}
}
