package main

import (
	"sync"
	"time"
)

type config struct{ name string }

// session is set up by initialize, which starts its goroutine last.
type session struct {
	conf config
	name string
	wg   *sync.WaitGroup
	done chan struct{}
	seen map[int]bool
}

func (s *session) initialize() {
	s.name = s.conf.name
	s.done = make(chan struct{})
	s.seen = make(map[int]bool)
	go s.run()
}

func (s *session) run() {
	defer s.wg.Done()
	for i := 0; i < 1000; i++ {
		if s.seen[i] {
			break
		}
	}
	<-s.done
}

// hub has a goroutine that makes sessions, one after the other.
type hub struct {
	names    chan string
	sessions map[string]*session
	wg       sync.WaitGroup
}

func (h *hub) run() {
	defer h.wg.Done()
	for name := range h.names {
		s := &session{conf: config{name}, wg: &h.wg}
		h.wg.Add(1)
		s.initialize()
		h.sessions[name] = s
	}
	time.Sleep(time.Millisecond)
	for _, s := range h.sessions {
		close(s.done)
	}
}

func main() {
	h := &hub{names: make(chan string), sessions: map[string]*session{}}
	h.wg.Add(1)
	go h.run()
	h.names <- "a"
	h.names <- "b"
	close(h.names)
	h.wg.Wait()
}
