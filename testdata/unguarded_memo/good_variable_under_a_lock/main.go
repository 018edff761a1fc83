package main

import (
	"strconv"
	"sync"

	"example.com/testdata/unguarded_memo/good_variable_under_a_lock/slugs"
)

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 5000 {
				slugs.Of("Page " + strconv.Itoa(n))
			}
		})
	}
	wg.Wait()
}
