// fails: race

package main

import "sync"

type Store struct{ m map[int]int }

func (s *Store) Put(k int) {
	s.m[k] = k // want-related "GM103.*m"
}

func (s *Store) Sum() {
	done := make(chan int)
	go func() {
		sum := 0
		for _, v := range s.m { // want "GM103.*m"
			sum += v
		}
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
