package seen

import (
	"sync"

	"example.com/testdata/concurrent_map_write/good_callback_kept_by_another_package/bus"
)

// Seen counts events, and remembers the last ones, which only the goroutine of the bus touches.
type Seen struct {
	mu     sync.Mutex
	counts map[string]int
	last   map[string]int
}

// New makes a Seen that counts the events of a bus.
func New(b *bus.Bus) *Seen {
	s := &Seen{counts: make(map[string]int), last: make(map[string]int)}
	b.Subscribe(s.note)
	b.Subscribe(s.remember)
	s.counts["x"] = 0
	return s
}

func (s *Seen) note(event string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[event]++
}

func (s *Seen) remember(event string) {
	s.last[event]++
}

// Reset forgets an event.
func (s *Seen) Reset(event string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.counts, event)
}
