// fails: race

package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/bad_filled_by_constructor/pool"
)

func main() {
	txs := pool.New(1, 2, 3)
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 2000 {
				txs.Add(g*10000 + i)
				txs.Size()
			}
		})
	}
	wg.Wait()
}
