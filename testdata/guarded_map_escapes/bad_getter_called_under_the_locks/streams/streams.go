package streams

import "sync"

type Callbacks struct {
	mu      sync.RWMutex
	streams map[int]int
}

func New() *Callbacks { return &Callbacks{streams: map[int]int{}} }

func (c *Callbacks) all() map[int]int { return c.streams } // want "GM106.*Callbacks.streams"

func (c *Callbacks) Open(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.streams[id] = 0
}

func (c *Callbacks) Close(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.streams, id)
}

func (c *Callbacks) Request(id int) int { return c.count(id, c.all) }

func (c *Callbacks) count(id int, get func() map[int]int) int {
	state := get()
	for range 10 {
		state[id]++
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return get()[id]
}
