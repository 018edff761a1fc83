package main

import "fmt"

type Server struct{ conns map[string]int }

// The entry that was found proves that the map is there, though another case makes it.
func (s *Server) set(name string, state int) {
	switch state {
	case 0:
		if s.conns == nil {
			s.conns = make(map[string]int)
		}
		s.conns[name] = state
	case 1:
		if old, ok := s.conns[name]; ok && old < state {
			s.conns[name] = state
		}
	}
}

func main() {
	s := &Server{}
	s.set("a", 1)
	s.set("a", 0)
	s.set("a", 1)
	fmt.Println(s.conns["a"])
}
