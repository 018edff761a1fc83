package main

import "sync"

type Set struct {
	words map[string]bool
	once  sync.Once
}

func (s *Set) init() { s.words = map[string]bool{} }

func (s *Set) Without(other *Set) *Set {
	left := &Set{}
	left.once.Do(left.init)
	for word := range s.words {
		if !other.words[word] {
			left.words[word] = true
		}
	}
	return left
}

func (s *Set) Add(word string) {
	s.once.Do(s.init)
	s.words[word] = true
}

type Tags[T comparable] map[T]bool

func (t *Tags[T]) Make() {
	if *t == nil {
		*t = make(Tags[T])
	}
}

func (t Tags[T]) Add(tag T) { t[tag] = true }

func main() {
	s := &Set{}
	s.Add("a")
	var tags Tags[int]
	tags.Make()
	tags.Add(1)
	if len(s.Without(&Set{}).words) != 1 || len(tags) != 1 {
		panic("wrong")
	}
}
