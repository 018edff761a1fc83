// fails: panic assignment to entry in nil map

package main

type stream struct {
	declared map[string]bool
	trailer  map[string]string
}

func (s *stream) set(name, value string) {
	if _, ok := s.declared[name]; ok {
		s.trailer[name] = value // want "GM401.*trailer"
	}
}

func main() {
	s := &stream{declared: map[string]bool{"a": true}}
	s.set("a", "b")
}
