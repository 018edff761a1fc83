package main

import (
	"fmt"
	"sync"
)

type Store struct {
	once  sync.Once
	items map[string]int
	tags  map[string]string
}

func (s *Store) init() {
	if s.tags == nil {
		s.tags = make(map[string]string)
	}
}

func (s *Store) Add(name string) {
	s.once.Do(func() { s.items = make(map[string]int) })
	s.items[name]++
	s.init()
	s.tags[name] = "new"
}

func ensure(target *map[string]int) {
	if *target == nil {
		*target = map[string]int{}
	}
}

func main() {
	var store Store
	store.Add("a")
	var counts map[string]int
	ensure(&counts)
	counts["a"]++
	fmt.Println(store.items, counts)
}
