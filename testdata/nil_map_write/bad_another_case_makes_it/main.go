// fails: panic assignment to entry in nil map
package main

type Server struct{ conns map[string]int }

func (s *Server) set(name string, state int) {
	switch state {
	case 0:
		if s.conns == nil {
			s.conns = make(map[string]int)
		}
		s.conns[name] = state
	case 1:
		s.conns[name] = state // want "GM401"
	}
}

func main() {
	s := &Server{}
	s.set("a", 1)
}
