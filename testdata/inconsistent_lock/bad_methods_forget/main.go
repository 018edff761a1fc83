// fails: race

package main

import (
	"strconv"
	"sync"
)

type Store struct {
	mu   sync.RWMutex
	data map[string]int
}

func (s *Store) Inc(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data[k]++
}

func (s *Store) Get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.data[k]
}

func (s *Store) Remove(k string) {
	delete(s.data, k) // want "GM10[14].*data"
}

func (s *Store) Keys() []string {
	var out []string
	for k := range s.data { // want-related "GM104.*data"
		out = append(out, k)
	}
	return out
}

func main() {
	s := &Store{data: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 3; g++ {
		wg.Go(func() {
			for i := 0; i < 3000; i++ {
				k := strconv.Itoa(i % 40)
				switch g {
				case 0:
					s.Inc(k)
				case 1:
					s.Remove(k)
				default:
					s.Keys()
				}
			}
		})
	}
	wg.Wait()
}
