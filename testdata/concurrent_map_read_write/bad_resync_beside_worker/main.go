// fails: race

package main

import (
	"sync"

	"example.com/testdata/concurrent_map_read_write/bad_resync_beside_worker/watch"
)

func main() {
	c := watch.New()
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { c.Run([]string{"a", "b"}, stop) })
	for range 100 {
		c.Add("a")
	}
	close(stop)
	wg.Wait()
}
