// fails: race

package main

import (
	"sync"
	"time"
)

var recent = map[int]bool{}

func sweep(stop <-chan struct{}) {
	tick := time.NewTicker(50 * time.Microsecond)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			clear(recent) // want-related "GM101.*recent"
		}
	}
}

func main() {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { sweep(stop) })
	for i := 0; i < 1000000; i++ {
		recent[i%500] = true // want-related "GM101.*recent"
	}
	close(stop)
	wg.Wait()
}
