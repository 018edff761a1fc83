// fails: race

package main

import (
	"sync"
)

type Room struct {
	mu    sync.Mutex
	users map[int]bool
}

type Server struct{ rooms map[string]Room } // Room by value

func (s *Server) Join(room string, id int) {
	r := s.rooms[room] // may "GM108"
	r.mu.Lock()        // may "GM406"
	defer r.mu.Unlock()
	r.users[id%100] = true // want "GM108.*users"
}

func main() {
	s := &Server{rooms: map[string]Room{"a": {users: map[int]bool{}}}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 30000; i++ {
				s.Join("a", i)
			}
		})
	}
	wg.Wait()
}
