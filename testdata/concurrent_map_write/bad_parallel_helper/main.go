// fails: race

package main

import (
	"strconv"
	"sync"
)

// The same shape, but iterating with goroutines inside the helper.
func parallelEach(items []string, f func(string)) {
	var wg sync.WaitGroup
	for _, it := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(it) // the callback runs in many goroutines
		}()
	}
	wg.Wait()
}

func main() {
	items := make([]string, 5000)
	for i := range items {
		items[i] = strconv.Itoa(i)
	}
	for r := 0; r < 20; r++ {
		sizes := map[string]int{}
		parallelEach(items, func(s string) {
			sizes[s] = len(s) // want "GM101.*sizes"
		})
	}
}
