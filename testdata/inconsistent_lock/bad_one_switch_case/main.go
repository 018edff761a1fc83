// fails: race

package main

import "sync"

type Store struct {
	mu   sync.RWMutex
	data map[string]int
}

func (s *Store) Apply(command, key string) int {
	switch command {
	case "set":
		s.mu.Lock()
		s.data[key] = 1
		s.mu.Unlock()
	case "add":
		s.mu.Lock()
		s.data[key]++
		s.mu.Unlock()
	case "get":
		s.mu.RLock()
		defer s.mu.RUnlock()
		return s.data[key]
	case "drop":
		delete(s.data, key) // want "GM10[14].*data"
	}
	return 0
}

func main() {
	s := &Store{data: map[string]int{}}
	var wg sync.WaitGroup
	for _, command := range []string{"set", "add", "get", "drop"} {
		wg.Go(func() {
			for i := 0; i < 5000; i++ {
				s.Apply(command, "k")
			}
		})
	}
	wg.Wait()
}
