package main

import "sync"

var names = map[int]string{1: "one"}

func init() {
	names[2] = "two"
	addMore()
}

func addMore() { names[3] = "three" }

// After the package is initialised, the map is only read.
func name(n int) string { return names[n] }

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				if name(i%3+1) == "" {
					panic("empty")
				}
			}
		})
	}
	wg.Wait()
}
