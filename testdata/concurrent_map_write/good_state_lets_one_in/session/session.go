package session

import (
	"net/http"
	"sync"
)

type Session struct {
	mu     sync.Mutex
	state  int
	tracks map[int]bool
}

func (s *Session) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	if s.state != 0 {
		s.mu.Unlock()
		return
	}
	s.state = 1
	s.mu.Unlock()

	s.tracks = make(map[int]bool)
	for i := range 100 {
		s.tracks[i] = true
	}
}
