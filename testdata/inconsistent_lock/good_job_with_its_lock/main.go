package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/good_job_with_its_lock/lease"
)

func main() {
	table := lease.New()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 500 {
				table.Add(g*10000 + i)
				table.Has(i)
			}
		})
	}
	wg.Wait()
	table.Wait()
}
