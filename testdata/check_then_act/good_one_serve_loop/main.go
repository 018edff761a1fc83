package main

import (
	"fmt"
	"sync"
)

type session struct{ packets chan string }

type Server struct {
	mu       sync.RWMutex
	sessions map[string]*session
}

func newSession() *session { return &session{packets: make(chan string, 1)} }

// Serve handles one packet after the other: nobody else makes sessions.
func (s *Server) Serve(packets <-chan string) {
	for p := range packets {
		s.handle(p)
	}
}

func (s *Server) handle(packet string) {
	s.mu.RLock()
	one, ok := s.sessions[packet]
	s.mu.RUnlock()
	if !ok {
		one = newSession()
		s.mu.Lock()
		s.sessions[packet] = one
		s.mu.Unlock()
	}
	select {
	case one.packets <- packet:
	default:
	}
}

func (s *Server) Close(packet string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, packet)
}

func main() {
	s := &Server{sessions: map[string]*session{}}
	packets := make(chan string)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Serve(packets)
	}()
	for i := range 100 {
		packets <- fmt.Sprint(i % 7)
		s.Close("3")
	}
	close(packets)
	<-done
}
