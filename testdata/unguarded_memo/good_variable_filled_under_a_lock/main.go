package main

import (
	"sync"

	"example.com/testdata/unguarded_memo/good_variable_filled_under_a_lock/names"
)

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 2000 {
				names.Of(string(rune(n)))
			}
		})
	}
	wg.Wait()
}
