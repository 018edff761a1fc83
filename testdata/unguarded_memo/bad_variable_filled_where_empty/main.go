// fails: race

package main

import (
	"sync"

	"example.com/testdata/unguarded_memo/bad_variable_filled_where_empty/names"
)

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 2000 {
				names.Of(string(rune(n))) // may "GM10[123].*byID"
			}
		})
	}
	wg.Wait()
}
