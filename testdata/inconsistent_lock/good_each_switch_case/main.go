package main

import "sync"

type Store struct {
	mu   sync.RWMutex
	data map[string]int
}

func (s *Store) Apply(command, key string) int {
	if command == "get" {
		s.mu.RLock()
		defer s.mu.RUnlock()
		return s.data[key]
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch command {
	case "set":
		s.data[key] = 1
	case "drop":
		delete(s.data, key)
	default:
		s.data[key]++
	}
	return len(s.data)
}

func main() {
	s := &Store{data: map[string]int{}}
	var wg sync.WaitGroup
	for _, command := range []string{"set", "add", "get", "drop"} {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				s.Apply(command, "k")
			}
		})
	}
	wg.Wait()
}
