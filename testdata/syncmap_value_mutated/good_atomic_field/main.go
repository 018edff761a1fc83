package main

import (
	"sync"
	"sync/atomic"
)

type session struct{ hits atomic.Int64 }

type Sessions struct{ open sync.Map }

func (s *Sessions) Hit(id int) {
	v, _ := s.open.LoadOrStore(id, &session{})
	v.(*session).hits.Add(1)
}

func main() {
	s := &Sessions{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				s.Hit(i % 10)
			}
		})
	}
	wg.Wait()
	if v, _ := s.open.Load(1); v.(*session).hits.Load() != 800 {
		panic("lost")
	}
}
