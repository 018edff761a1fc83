// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/unguarded_memo/bad_getter_that_computes/weights"
)

func main() {
	table := weights.NewTable(3)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 5000 {
				table.Get(strconv.Itoa(n)) // may "GM10[123].*computed"
			}
		})
	}
	wg.Wait()
}
