package cluster

import (
	"net/http"
	"sync"
)

// Tracker remembers who was seen.
type Tracker struct{ known map[int]bool }

func NewTracker() *Tracker {
	t := &Tracker{known: map[int]bool{}}
	t.Record(0)
	return t
}

func (t *Tracker) Record(id int) { t.known[id] = true }

func (t *Tracker) Knows(id int) bool { return t.known[id] }

// State owns a tracker.
type State struct {
	mu      sync.Mutex
	tracker *Tracker
}

func NewState() *State { return &State{tracker: NewTracker()} }

func (s *State) Learn(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tracker.Record(id)
}

func (s *State) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Ask()
		s.Learn(1)
	})
}

func (s *State) Ask() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tracker.Knows(0)
}
