package main

import (
	"encoding/json"
	"io"
	"strconv"
	"sync"
)

type State struct {
	mu    sync.Mutex
	Ports map[string]int
}

func (s *State) Set(k string, v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Ports[k] = v
}

func (s *State) Dump(w io.Writer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.NewEncoder(w).Encode(s)
}

func main() {
	s := &State{Ports: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 20000; i++ {
			s.Set(strconv.Itoa(i%100), i)
		}
	})
	for i := 0; i < 200; i++ {
		_ = s.Dump(io.Discard)
	}
	wg.Wait()
}
