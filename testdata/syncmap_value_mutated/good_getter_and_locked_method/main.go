package main

import "sync"

type Session struct {
	mu   sync.Mutex
	hits int
}

func (s *Session) hit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits++
}

// Limits are never changed once they are stored.
type Limits struct{ max int }

func (l *Limits) widened() *Limits {
	wide := *l
	wide.max++
	return &wide
}

type Sessions struct{ m, limits sync.Map }

func (s *Sessions) get(id string) *Session {
	v, _ := s.m.LoadOrStore(id, &Session{})
	return v.(*Session)
}

func (s *Sessions) Hit(id string) {
	s.get(id).hit()
	session := s.get(id)
	session.mu.Lock()
	session.hits++
	session.mu.Unlock()
	v, _ := s.limits.LoadOrStore(id, &Limits{})
	s.limits.CompareAndSwap(id, v, v.(*Limits).widened())
}

func main() {
	s := &Sessions{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 500 {
				s.Hit("a")
			}
		})
	}
	wg.Wait()
}
