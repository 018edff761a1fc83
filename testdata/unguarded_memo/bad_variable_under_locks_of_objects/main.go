// fails: race

package main

import (
	"sync"

	"example.com/testdata/unguarded_memo/bad_variable_under_locks_of_objects/pipes"
)

func main() {
	start := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			<-start
			for n := range 2000 {
				pipes.New().Write(n)
			}
		})
	}
	close(start)
	wg.Wait()
}
