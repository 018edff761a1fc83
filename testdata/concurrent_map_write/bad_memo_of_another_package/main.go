// fails: race

package main

import (
	"sync"

	"example.com/testdata/concurrent_map_write/bad_memo_of_another_package/memo"
)

type server struct{ memo *memo.Memo }

func (s *server) handle(n int) int {
	s.memo.Hit(n)           // want "GM101.*in Memo.Hit"
	return s.memo.Square(n) // want "GM101.*in Memo.Square"
}

func main() {
	s := &server{memo: memo.New()}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 5000 {
				s.handle(n)
			}
		})
	}
	wg.Wait()
}
