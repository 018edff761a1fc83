// fails: race

package main

import (
	"sync"
)

type Session struct {
	Hits int
	Vars map[string]int
}

type Sessions struct{ m sync.Map }

func (s *Sessions) Hit(id string) {
	v, _ := s.m.LoadOrStore(id, &Session{Vars: map[string]int{}})
	sess := v.(*Session)
	sess.Hits++                // want "GM304"
	sess.Vars["n"] = sess.Hits // want-related "GM304"
}

func main() {
	s := &Sessions{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				s.Hit("a")
			}
		})
	}
	wg.Wait()
}
