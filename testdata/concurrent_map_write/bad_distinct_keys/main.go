// fails: race

package main

import (
	"sync"
)

// "Every goroutine has its own key, so no lock is needed" is wrong for maps.
func run(n int) map[int]int {
	res := make(map[int]int, n) // preallocating does not help
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 200; j++ {
				res[i] = j // want "GM101.*res"
			}
		}()
	}
	wg.Wait()
	return res
}

func main() {
	for r := 0; r < 20; r++ {
		run(1000)
	}
}
