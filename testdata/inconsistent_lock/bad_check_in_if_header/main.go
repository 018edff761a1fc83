// fails: race

package main

import (
	"strconv"
	"sync"
)

type Sessions struct {
	mu     sync.Mutex
	byName map[string]int
}

func (s *Sessions) Open(name string) bool {
	if _, taken := s.byName[name]; taken { // want "GM10[24].*byName"
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, taken := s.byName[name]; taken {
		return false
	}
	s.byName[name] = len(s.byName)
	return true
}

func (s *Sessions) Close(name string) {
	s.mu.Lock()
	delete(s.byName, name)
	s.mu.Unlock()
}

func main() {
	s := &Sessions{byName: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				s.Open(strconv.Itoa(i % 50))
				s.Close(strconv.Itoa(i % 50))
			}
		})
	}
	wg.Wait()
}
