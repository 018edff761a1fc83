// fails: race
// Whoever asks for a set starts its loading, also where somebody else has made it.
package main

import (
	"fmt"
	"sync"
)

type loader interface{ load() }

type set struct {
	files map[string]int
	done  sync.WaitGroup
}

func newSet() loader {
	return &set{files: map[string]int{}}
}

func (s *set) load() {
	defer s.done.Done()
	for i := range 1000 {
		s.files[fmt.Sprint(i)] = i // want "GM101 concurrent-map-write: set.files"
	}
}

type table struct {
	mu   sync.Mutex
	sets map[string]loader
}

func (t *table) get(id string) loader {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, ok := t.sets[id]
	if !ok {
		s = newSet()
		t.sets[id] = s
	}
	s.(*set).done.Add(1)
	go func() {
		s.load()
	}()
	return s
}

func main() {
	t := &table{sets: map[string]loader{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			t.get("x")
		}()
	}
	wg.Wait()
	t.sets["x"].(*set).done.Wait()
}
