// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/inconsistent_lock/bad_printed_when_missing/jobs"
)

func main() {
	waiter := jobs.New()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 2000 {
				waiter.Start(strconv.Itoa(i % 50))
				_ = waiter.Wait(strconv.Itoa(i + g))
			}
		})
	}
	wg.Wait()
}
