// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

type Session struct {
	mu    sync.Mutex
	user  string
	marks map[string]bool
}

type Sessions struct {
	mu   sync.Mutex
	next int
	byID map[int]*Session
}

func (s *Sessions) Of(user string) *Session {
	s.mu.Lock()
	for _, one := range s.byID {
		if one.user == user {
			s.mu.Unlock()
			return one
		}
	}
	s.mu.Unlock()
	runtime.Gosched()
	made := &Session{user: user, marks: map[string]bool{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next++
	s.byID[s.next] = made // want "GM107.*Sessions.byID"
	return made
}

func main() {
	for range 2000 {
		s := &Sessions{byID: map[int]*Session{}}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() { s.Of("ann") })
		}
		wg.Wait()
		if len(s.byID) > 1 {
			fmt.Println("sessions of one user:", len(s.byID))
			os.Exit(1)
		}
	}
}
