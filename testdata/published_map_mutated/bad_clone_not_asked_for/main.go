// fails: race

package main

import (
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
)

type entity struct{ tags map[string]string }

type Store struct{ current atomic.Pointer[entity] }

// Entity gives the one that all share, or a clone of it.
func (s *Store) Entity(clone bool) *entity {
	shared := s.current.Load()
	if !clone {
		return shared
	}
	return &entity{tags: maps.Clone(shared.tags)}
}

func (s *Store) Tag(name, value string) {
	own := s.Entity(false)
	own.tags[name] = value // want "GM109.*tags"
	s.current.Store(own)
}

func main() {
	s := &Store{}
	s.current.Store(&entity{tags: map[string]string{}})
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 500 {
				s.Tag(fmt.Sprint(g), fmt.Sprint(i))
				_ = len(s.Entity(false).tags)
			}
		})
	}
	wg.Wait()
	fmt.Println(len(s.Entity(false).tags) > 0)
}
