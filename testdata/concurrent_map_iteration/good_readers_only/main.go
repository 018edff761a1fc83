package main

import (
	"maps"
	"slices"
	"sync"
)

// Any number of goroutines may range over a map that nobody writes.
func main() {
	m := map[string]int{}
	for i := 0; i < 200; i++ {
		m[string(rune('a'+i))] = i
	}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for range 50 {
				sum := 0
				for _, n := range m {
					sum += n
				}
				if len(slices.Collect(maps.Keys(m))) != len(m) {
					panic(sum)
				}
			}
		})
	}
	wg.Wait()
}
