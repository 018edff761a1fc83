// The map that is handed out is only written while its object is being made; reloading puts another one in place.
package main

import (
	"fmt"
	"sync"
)

type Service struct {
	mu        sync.Mutex
	libraries map[string]int
}

func NewService(names ...string) *Service {
	s := &Service{libraries: map[string]int{}}
	for i, name := range names {
		s.libraries[name] = i
	}
	return s
}

func (s *Service) Reload(libraries map[string]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.libraries = libraries
}

func (s *Service) Libraries() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.libraries
}

func main() {
	s := NewService("a", "b")
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for name, id := range s.Libraries() {
				_ = fmt.Sprint(name, id)
			}
			s.Reload(map[string]int{"c": 3})
		}()
	}
	wg.Wait()
}
