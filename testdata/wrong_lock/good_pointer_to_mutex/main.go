// A pointer to the mutex, and no copy of it.
package main

import (
	"strconv"
	"sync"
)

type Stock struct {
	mu    sync.Mutex
	items map[string]int
}

func (s *Stock) Put(sku string) {
	mu := &s.mu
	mu.Lock()
	defer mu.Unlock()
	s.items[sku]++
}

func (s *Stock) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.items)
}

func main() {
	s := &Stock{items: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				s.Put(strconv.Itoa(i % 100))
			}
		})
	}
	wg.Wait()
	s.Len()
}
