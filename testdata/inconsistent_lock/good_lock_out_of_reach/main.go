package main

import (
	"strconv"
	"sync"

	"example.com/testdata/inconsistent_lock/good_lock_out_of_reach/report"
	"example.com/testdata/inconsistent_lock/good_lock_out_of_reach/store"
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
