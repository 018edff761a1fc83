package ws

import "sync"

// Options say what a Hub calls.
type Options struct {
	OnOpen  func(id int)
	OnClose func(id int)
}

// Hub tells of connections.
type Hub struct {
	onOpen  func(id int)
	onClose func(id int)
	open    sync.WaitGroup
}

// New makes a Hub.
func New(options *Options) *Hub {
	h := &Hub{onOpen: options.OnOpen}
	h.onClose = options.OnClose
	return h
}

// Accept handles connections, each on a goroutine of its own.
func (h *Hub) Accept(ids int) {
	for id := range ids {
		h.open.Add(1)
		go h.handle(id)
	}
	h.open.Wait()
}

func (h *Hub) handle(id int) {
	defer h.open.Done()
	h.onOpen(id)
	h.onClose(id)
}
