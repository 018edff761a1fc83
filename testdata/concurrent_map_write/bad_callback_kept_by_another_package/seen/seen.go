package seen

import "example.com/testdata/concurrent_map_write/bad_callback_kept_by_another_package/bus"

// Seen counts events.
type Seen struct {
	counts map[string]int
}

// New makes a Seen that counts the events of a bus.
func New(b *bus.Bus) *Seen {
	s := &Seen{counts: make(map[string]int)}
	b.Subscribe(s.note)
	return s
}

func (s *Seen) note(event string) {
	s.counts[event]++ // want "GM101.*that runs what bus.Subscribe keeps"
}

// Reset forgets an event.
func (s *Seen) Reset(event string) {
	delete(s.counts, event) // may "GM101"
}
