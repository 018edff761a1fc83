// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/inconsistent_lock/bad_released_at_once/ingest"
)

func main() {
	buffers := ingest.New()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 2000 {
				buffers.Put(strconv.Itoa(g*10000+i), nil)
				buffers.Get(strconv.Itoa(i))
			}
		})
	}
	wg.Wait()
}
