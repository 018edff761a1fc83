// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

// Workers share a list of what is being done, and each looks through it before it adds to it.
func serve(requests <-chan int) (twice int) {
	var running sync.Map
	var wg sync.WaitGroup
	var mu sync.Mutex
	busy := map[int]int{}
	for range 4 {
		wg.Go(func() {
			for r := range requests {
				found := false
				running.Range(func(k, _ any) bool { // want "GM310.*running"
					if k.(int)%3 == r%3 {
						found = true
					}
					return !found
				})
				if found {
					continue
				}
				runtime.Gosched()
				running.Store(r, true)
				mu.Lock()
				busy[r%3]++
				if busy[r%3] > 1 {
					twice++
				}
				mu.Unlock()
				runtime.Gosched()
				mu.Lock()
				busy[r%3]--
				mu.Unlock()
				running.Delete(r)
			}
		})
	}
	wg.Wait()
	return twice
}

func main() {
	twice := 0
	for range 50 {
		requests := make(chan int)
		go func() {
			defer close(requests)
			for n := range 2000 {
				requests <- n
			}
		}()
		twice += serve(requests)
	}
	if twice > 0 {
		fmt.Println("at work twice:", twice)
		os.Exit(1)
	}
}
