// fails: race

package main

import (
	"encoding/json"
	"strconv"
	"sync"
)

type Status struct {
	mu    sync.Mutex
	state map[string]int
}

func (s *Status) Set(k string, v int) {
	s.mu.Lock()
	s.state[k] = v
	s.mu.Unlock()
}

func (s *Status) JSON() []byte {
	b, _ := json.Marshal(s.state) // want "GM10[34].*state"
	return b
}

func main() {
	s := &Status{state: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 50000; i++ {
			s.Set(strconv.Itoa(i%500), i)
		}
	})
	for i := 0; i < 300; i++ {
		s.JSON()
	}
	wg.Wait()
}
