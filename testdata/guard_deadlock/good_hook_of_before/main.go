package main

import (
	"fmt"
	"sync"
)

type config struct{ changed func(string) }

type server struct {
	mu    sync.Mutex
	conns map[string]int
	conf  config
}

// wrap puts a hook in front of the one that is there.
func (s *server) wrap() {
	before := s.conf.changed
	s.conf.changed = func(name string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.conns[name]++
		if before != nil {
			before(name)
		}
	}
}

func main() {
	s := &server{conns: map[string]int{}, conf: config{changed: func(string) {}}}
	s.wrap()
	s.conf.changed("a")
	fmt.Println(len(s.conns))
}
