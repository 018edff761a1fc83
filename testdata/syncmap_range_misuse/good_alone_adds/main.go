package main

import (
	"fmt"
	"os"
	"sync"
)

// One goroutine takes requests in; those who do the work take them out of its list again.
func serve(requests <-chan int, work func(int)) {
	var running sync.Map
	var wg sync.WaitGroup
	for r := range requests {
		found := false
		running.Range(func(k, _ any) bool {
			if k.(int)%10 == r%10 {
				found = true
			}
			return !found
		})
		if found {
			continue
		}
		running.Store(r, true)
		wg.Go(func() {
			defer running.Delete(r)
			work(r)
		})
	}
	wg.Wait()
}

func main() {
	requests := make(chan int)
	go func() {
		defer close(requests)
		for n := range 2000 {
			requests <- n
		}
	}()
	var mu sync.Mutex
	busy, twice := map[int]bool{}, 0
	serve(requests, func(r int) {
		mu.Lock()
		if busy[r%10] {
			twice++
		}
		busy[r%10] = true
		mu.Unlock()
		mu.Lock()
		delete(busy, r%10)
		mu.Unlock()
	})
	if twice > 0 {
		fmt.Println("at work twice:", twice)
		os.Exit(1)
	}
}
