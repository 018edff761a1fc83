// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/unguarded_memo/bad_closure_that_remembers/remember"
)

func main() {
	length := remember.Lengths(func(s string) int { return len(s) })
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 5000 {
				length(strconv.Itoa(n))
			}
		})
	}
	wg.Wait()
}
