// fails: race

package main

import (
	"strconv"
	"sync"
)

type item struct{ tags map[string]string }

type Store struct {
	mu    sync.RWMutex
	items map[string]*item
}

func (s *Store) Tag(id, k, v string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[id].tags[k] = v
}

// The lock covers the way to the item, and is gone when its tags are read.
func (s *Store) CountTags(id string) int {
	s.mu.RLock()
	it := s.items[id]
	s.mu.RUnlock()
	n := 0
	for range it.tags { // want "GM104.*item.tags.*ranged over here without it"
		n++
	}
	return n
}

func main() {
	s := &Store{items: map[string]*item{"a": {tags: map[string]string{}}}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 50000; i++ {
			s.Tag("a", strconv.Itoa(i%100), "x")
		}
	})
	n := 0
	for i := 0; i < 5000; i++ {
		n += s.CountTags("a")
	}
	wg.Wait()
	println(n > 0)
}
