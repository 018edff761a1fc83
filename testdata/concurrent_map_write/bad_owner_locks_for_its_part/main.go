// fails: race

package main

import (
	"sync"

	"example.com/testdata/concurrent_map_write/bad_owner_locks_for_its_part/cluster"
)

func main() {
	s := cluster.NewState()
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 3000 {
				s.Learn(i)
				s.Guess(i)
			}
		}()
	}
	wg.Wait()
	s.Ask()
}
