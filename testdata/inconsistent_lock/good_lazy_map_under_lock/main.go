package main

import (
	"strconv"
	"sync"
)

type Scratch struct {
	sync.RWMutex
	values map[string]int
}

func (s *Scratch) init() {
	if s.values == nil {
		s.values = map[string]int{}
	}
}

func (s *Scratch) Set(k string, v int) {
	s.Lock()
	defer s.Unlock()
	s.init()
	s.values[k] = v
}

func (s *Scratch) Get(k string) int {
	s.RLock()
	defer s.RUnlock()
	return s.values[k]
}

func main() {
	for round := 0; round < 100; round++ {
		s := &Scratch{}
		var wg sync.WaitGroup
		for g := 0; g < 4; g++ {
			wg.Go(func() {
				s.Set(strconv.Itoa(g), g)
				_ = s.Get("1")
			})
		}
		wg.Wait()
	}
}
