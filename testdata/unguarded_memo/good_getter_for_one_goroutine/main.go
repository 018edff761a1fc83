package main

import (
	"strconv"
	"sync"

	"example.com/testdata/unguarded_memo/good_getter_for_one_goroutine/weights"
)

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			table := weights.NewTable(3)
			for n := range 100 {
				table.Get(strconv.Itoa(n))
			}
		})
	}
	wg.Wait()
}
