// fails: race

package main

import (
	"strconv"
	"sync"
)

func rescue() { _ = recover() }

func runSafe(fn func()) {
	defer rescue()
	fn()
}

func goSafe(fn func()) { go runSafe(fn) }

func main() {
	out := map[string]int{}
	var wg sync.WaitGroup
	for i := 0; i < 2000; i++ {
		wg.Add(1)
		goSafe(func() {
			defer wg.Done()
			out[strconv.Itoa(i)] = i // want "GM101.*main:out.*goSafe"
		})
	}
	wg.Wait()
	println(len(out))
}
