// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/concurrent_map_read_write/bad_kept_for_a_main_loop/stats"
	"example.com/testdata/concurrent_map_read_write/bad_kept_for_a_main_loop/watch"
)

func main() {
	hub := watch.New()
	seen := stats.New(hub)
	var wg sync.WaitGroup
	wg.Go(hub.Run)
	wg.Go(func() {
		for n := range 5000 {
			hub.Tell(strconv.Itoa(n))
		}
		hub.Close()
	})
	for range 5000 {
		seen.Seen("7")
	}
	wg.Wait()
}
