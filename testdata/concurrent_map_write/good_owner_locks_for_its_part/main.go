// The owner of the tracker locks whenever it uses it; the constructors need no lock for what they make.
package main

import (
	"sync"

	"example.com/testdata/concurrent_map_write/good_owner_locks_for_its_part/cluster"
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
			}
		}()
	}
	wg.Wait()
	s.Ask()
}
