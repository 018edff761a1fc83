// fails: race

package main

import (
	"sync"

	"example.com/testdata/unguarded_memo/bad_client_for_each_key/stats"
)

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 2000 {
				stats.NewStat(n) // may "GM10[123].*clients"
			}
		})
	}
	wg.Wait()
}
