package server

import "sync"

type Handler struct {
	mu    sync.Mutex
	conns map[int]string
}

func NewHandler() *Handler {
	return &Handler{conns: map[int]string{}}
}

func (h *Handler) NewConnection(id int) {
	if _, ok := h.conns[id]; !ok {
		h.conns[id] = "open" // want "GM104.*Handler.conns"
	}
}

// WithConnections calls a function for each connection.
func (h *Handler) WithConnections(f func(id int)) {
	for id := range h.conns { // may "GM104.*Handler.conns"
		f(id)
	}
}

func (h *Handler) Closed(id int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.conns, id)
}

func (h *Handler) Kill(id int) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	state := h.conns[id]
	delete(h.conns, id)
	return state
}

func (h *Handler) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.conns)
}
