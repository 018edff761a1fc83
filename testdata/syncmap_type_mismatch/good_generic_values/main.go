package main

import "sync"

type queue[T any] struct{ items []T }

type server struct{ queues sync.Map }

// What is stored depends on the type argument.
func add[T any](s *server, name string, items ...T) {
	q := &queue[T]{items}
	s.queues.Store(name, q)
}

func (s *server) numbers() []int {
	v, ok := s.queues.Load("numbers")
	if !ok {
		return nil
	}
	return v.(*queue[int]).items
}

func main() {
	s := &server{}
	add(s, "numbers", 1, 2)
	add(s, "words", "a")
	if len(s.numbers()) != 2 {
		panic("lost")
	}
}
