// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/unguarded_memo/bad_variable_filled_on_demand/slugs"
)

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 5000 {
				slugs.Of("Page " + strconv.Itoa(n)) // may "GM10[123].*known"
			}
		})
	}
	wg.Wait()
}
