// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/inconsistent_lock/bad_map_of_another_package/report"
	"example.com/testdata/inconsistent_lock/bad_map_of_another_package/store"
)

func main() {
	known := store.New()
	summary := report.New(known)
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := range 5000 {
			known.Put(strconv.Itoa(n), n)
		}
	})
	wg.Go(func() {
		for range 500 {
			summary.Total()
		}
	})
	wg.Wait()
}
