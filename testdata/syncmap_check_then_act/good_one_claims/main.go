package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

type silencer struct {
	seen  sync.Map
	alarm atomic.Int64
	done  chan struct{}
}

// One goroutine claims, another one forgets what is old.
func (s *silencer) read(keys chan int) {
	defer close(s.done)
	for key := range keys {
		s.drop(key)
	}
}

func (s *silencer) drop(key int) {
	if _, ok := s.seen.Load(key); ok {
		return
	}
	s.seen.Store(key, struct{}{})
	s.raise()
}

func (s *silencer) raise() { s.alarm.Add(1) }

func (s *silencer) forget() {
	for {
		select {
		case <-s.done:
			return
		case <-time.After(time.Millisecond):
			s.seen.Range(func(key, _ any) bool {
				s.seen.Delete(key)
				return true
			})
		}
	}
}

func main() {
	s := &silencer{done: make(chan struct{})}
	keys := make(chan int)
	go s.read(keys)
	go s.forget()
	for key := range 100 {
		keys <- key % 10
	}
	close(keys)
	<-s.done
	fmt.Println(s.alarm.Load() >= 10)
}
