package main

import (
	"sync"

	"example.com/testdata/unguarded_memo/good_variable_beside_locks_of_objects/pipes"
)

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 2000 {
				pipes.New().Write(n % 64)
			}
		})
	}
	wg.Wait()
}
