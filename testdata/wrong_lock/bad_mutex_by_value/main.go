// fails: race

package main

import (
	"sync"
)

func add(mu sync.Mutex, m map[int]int, k int) { // may "GM108"
	mu.Lock()
	defer mu.Unlock()
	m[k%100]++ // want "GM108"
}

func main() {
	var mu sync.Mutex
	m := map[int]int{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 30000; i++ {
				add(mu, m, i)
			}
		})
	}
	wg.Wait()
}
