// fails: race

package main

import (
	"maps"
	"strconv"
	"sync"
)

type Index struct {
	mu sync.Mutex
	m  map[string]map[string]int
}

// maps.Clone is shallow: the inner maps are shared with the original.
func (x *Index) Snapshot() map[string]map[string]int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return maps.Clone(x.m) // want "GM10[69]"
}

func (x *Index) Inc(a, b string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.m[a][b]++
}

func main() {
	x := &Index{m: map[string]map[string]int{"a": {}}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 50000; i++ {
			x.Inc("a", strconv.Itoa(i%50))
		}
	})
	for i := 0; i < 500; i++ {
		for _, inner := range x.Snapshot() {
			for k := range inner { // want-related "GM10[39]"
				_ = k
			}
		}
	}
	wg.Wait()
}
