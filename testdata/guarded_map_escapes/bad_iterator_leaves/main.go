// fails: race

package main

import (
	"iter"
	"maps"
	"strconv"
	"sync"
)

type Index struct {
	mu sync.Mutex
	m  map[string]int
}

func (x *Index) Put(k string, v int) {
	x.mu.Lock()
	x.m[k] = v
	x.mu.Unlock()
}

// maps.Keys is lazy: the map is read when the caller ranges, after Unlock.
func (x *Index) Keys() iter.Seq[string] {
	x.mu.Lock()
	defer x.mu.Unlock()
	return maps.Keys(x.m) // want "GM106"
}

func main() {
	x := &Index{m: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 50000; i++ {
			x.Put(strconv.Itoa(i%300), i)
		}
	})
	for i := 0; i < 500; i++ {
		for k := range x.Keys() { // may "GM10[36]"
			_ = len(k)
		}
	}
	wg.Wait()
}
