// fails: race

package main

import "sync"

type Session struct {
	hits int
	tags map[string]bool
}

func (s *Session) hit() { s.hits++ }

type Sessions struct{ m sync.Map }

func (s *Sessions) get(id string) *Session {
	if v, ok := s.m.Load(id); ok {
		return v.(*Session)
	}
	v, _ := s.m.LoadOrStore(id, &Session{tags: map[string]bool{}})
	return v.(*Session)
}

func (s *Sessions) Tag(id, tag string) {
	session := s.get(id)
	session.tags[tag] = true // want "GM304.*tags"
}

func (s *Sessions) Hit(id string) {
	s.get(id).hit() // want-related "GM304"
}

func main() {
	s := &Sessions{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 2000 {
				s.Hit("a")
				s.Tag("a", "b")
			}
		})
	}
	wg.Wait()
}
