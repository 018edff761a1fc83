// fails: race

package main

import (
	"sync"
	"time"
)

// The parent holds the lock while the child goroutine does the write: the lock is not inherited.
type Svc struct {
	mu sync.Mutex
	m  map[int]int
}

func (s *Svc) Refresh(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := 0; i < n; i++ {
		go func() {
			s.m[i]++ // want "GM10[14]"
		}()
	}
}

func main() {
	s := &Svc{m: map[int]int{}}
	for r := 0; r < 500; r++ {
		s.Refresh(100)
	}
	time.Sleep(50 * time.Millisecond)
}
