// Who finds no set makes one, registers it and starts its loading: each goroutine loads a set of its own.
package main

import (
	"fmt"
	"sync"
)

type loader interface{ load() }

type set struct {
	files map[string]int
	ready chan struct{}
}

func newSet() loader {
	return &set{files: map[string]int{}, ready: make(chan struct{})}
}

func (s *set) load() {
	s.files["a"] = len(s.files)
	close(s.ready)
}

type table struct {
	mu   sync.Mutex
	sets map[string]loader
}

func (t *table) get(id string) loader {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, ok := t.sets[id]
	if ok {
		return s
	}
	s = newSet()
	t.sets[id] = s
	go func() {
		s.load()
	}()
	return s
}

func main() {
	t := &table{sets: map[string]loader{}}
	var wg sync.WaitGroup
	for _, id := range []string{"x", "y", "x", "y"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-t.get(id).(*set).ready
		}()
	}
	wg.Wait()
	fmt.Println(len(t.sets))
}
