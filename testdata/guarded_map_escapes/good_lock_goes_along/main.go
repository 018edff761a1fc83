package main

import (
	"strconv"
	"sync"
)

type Seen struct {
	mu   *sync.Mutex
	seen map[string]bool
	name string
}

func (s *Seen) Mark(k string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen[k] {
		return false
	}
	s.seen[k] = true
	return true
}

// Both objects use one map, and one lock.
func (s *Seen) With(name string) *Seen {
	return &Seen{mu: s.mu, seen: s.seen, name: name}
}

func main() {
	root := &Seen{mu: new(sync.Mutex), seen: map[string]bool{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		one := root.With(strconv.Itoa(g))
		wg.Go(func() {
			for i := 0; i < 5000; i++ {
				one.Mark(strconv.Itoa(i))
			}
		})
	}
	wg.Wait()
	println(root.Mark("1"))
}
