// fails: deadlock

package main

import (
	"fmt"
	"sync"
)

type server struct {
	mu    sync.Mutex
	conns map[string]int
}

func (s *server) run(name string) {
	count := func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.conns)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns[name]++
	fmt.Println(count()) // want "GM111.*again"
}

func main() {
	s := &server{conns: map[string]int{}}
	s.run("a")
}
