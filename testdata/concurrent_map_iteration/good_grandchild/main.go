// The goroutine that a goroutine starts takes the lock as well.
package main

import "sync"

type Store struct {
	mu sync.Mutex
	m  map[int]int
}

func (s *Store) Put(k int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k] = k
}

func (s *Store) Sum() {
	done := make(chan int)
	go func() {
		sum := 0
		s.mu.Lock()
		for _, v := range s.m {
			sum += v
		}
		s.mu.Unlock()
		done <- sum
	}()
	<-done
}

func main() {
	s := &Store{m: map[int]int{1: 1}}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for i := range 100 {
			s.Put(i)
		}
	}()
	go func() {
		defer wg.Done()
		for range 100 {
			s.Sum()
		}
	}()
	wg.Wait()
}
