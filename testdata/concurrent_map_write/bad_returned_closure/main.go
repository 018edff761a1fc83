// fails: race

package main

import (
	"sync"
)

func newCounter() func(string) int {
	counts := make(map[string]int)
	return func(k string) int {
		counts[k]++      // want "GM101.*counts"
		return counts[k] // may "GM102.*counts"
	}
}

func main() {
	count := newCounter()
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 30000; i++ {
				count("k")
			}
		}()
	}
	wg.Wait()
}
