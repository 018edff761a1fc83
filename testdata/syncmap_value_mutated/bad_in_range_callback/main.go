// fails: race

package main

import "sync"

type session struct{ idle int }

type Sessions struct{ open sync.Map }

// Range calls back in this goroutine, but others hold the same values.
func (s *Sessions) Tick() {
	s.open.Range(func(_, v any) bool {
		v.(*session).idle++ // want "GM304.*open"
		return true
	})
}

func (s *Sessions) Touch(id int) {
	if v, ok := s.open.Load(id); ok {
		se := v.(*session)
		se.idle = 0 // want-related "GM304.*open"
	}
}

func main() {
	s := &Sessions{}
	s.open.Store(1, &session{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			s.Tick()
		}
	})
	for i := 0; i < 5000; i++ {
		s.Touch(1)
	}
	wg.Wait()
}
