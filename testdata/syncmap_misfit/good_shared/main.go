package main

import "sync"

// The map is a local variable, but the goroutines that are started here use it.
func squares(n int) *sync.Map {
	results := new(sync.Map)
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Go(func() { results.Store(i, i*i) })
	}
	wg.Wait()
	return results
}

func main() {
	if v, _ := squares(10).Load(3); v != 9 {
		panic("wrong")
	}
}
