package main

import "sync"

type Seen struct{ ids sync.Map }

// A mark has no identity: whose it is makes no difference.
func (s *Seen) Mark(id int) {
	s.ids.LoadOrStore(id, struct{}{})
}

func (s *Seen) First(id int) bool {
	_, loaded := s.ids.LoadOrStore(id, true)
	return !loaded
}

func main() {
	s := &Seen{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				s.Mark(i)
			}
		})
	}
	wg.Wait()
	if s.First(1) || !s.First(-1) {
		panic("wrong")
	}
}
