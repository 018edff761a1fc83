package main

import (
	"strconv"
	"sync"
)

type item struct{ tags map[string]string }

// Whoever has an item of its own needs no lock of a store.
func (it *item) count() int { return len(it.tags) }

type Store struct {
	mu    sync.RWMutex
	items map[string]*item
}

func (s *Store) Tag(id, k, v string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[id].tags[k] = v
}

func (s *Store) CountTags(id string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	it := s.items[id]
	n := 0
	for range it.tags {
		n++
	}
	return n
}

func main() {
	s := &Store{items: map[string]*item{"a": {tags: map[string]string{}}}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 20000; i++ {
			s.Tag("a", strconv.Itoa(i%100), "x")
		}
	})
	n := 0
	for i := 0; i < 1000; i++ {
		n += s.CountTags("a")
	}
	wg.Wait()
	own := &item{tags: map[string]string{}}
	println(n > 0, own.count())
}
