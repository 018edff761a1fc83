package main

import (
	"sync"

	"example.com/testdata/concurrent_map_write/good_memo_of_another_package/memo"
)

type server struct {
	mu   sync.Mutex
	memo *memo.Memo
}

func (s *server) handle(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.memo.Hit(n)
	return s.memo.Square(n)
}

// compute has a memo to itself.
func compute(limit int) int {
	own := memo.New()
	sum := 0
	for n := range limit {
		own.Hit(n)
		sum += own.Square(n)
	}
	return sum
}

func main() {
	s := &server{memo: memo.New()}
	s.memo.Square(1)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 1000 {
				s.handle(n)
			}
			compute(100)
		})
	}
	wg.Wait()
	s.memo.Hit(1)
}
