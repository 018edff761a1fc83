package main

import "fmt"

// Request is what others make, with or without a trailer.
type Request struct{ Trailer map[string]string }

type stream struct{ trailer map[string]string }

func newStream(r Request) *stream {
	s := &stream{}
	s.trailer = r.Trailer
	return s
}

func (s *stream) set(name, value string) {
	if _, ok := s.trailer[name]; ok {
		s.trailer[name] = value // only what is there is replaced
	}
}

func main() {
	s := newStream(Request{})
	s.set("a", "b")
	fmt.Println(s.trailer)
}
