// fails: race

package main

import (
	"strconv"
	"sync"
)

type key struct {
	shard int
	field string
}

type fragments map[key]map[string]int

// views drops what is empty, and gives the rest.
func (f fragments) views(shard int, field string) map[string]int {
	key := key{shard, field}
	found, ok := f[key]
	if !ok {
		return nil
	}
	for name, count := range found { // may "GM10[123]"
		if count == 0 {
			delete(found, name) // want "GM101"
		}
	}
	return found
}

// count works on the fragments at the same time, but each goroutine asks for the same one.
func count(all, cleared fragments) int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	sum := 0
	for range all {
		wg.Add(1)
		go func() {
			defer wg.Done()
			n := len(cleared.views(0, "a")) // may "GM10[123]"
			mu.Lock()
			defer mu.Unlock()
			sum += n
		}()
	}
	wg.Wait()
	return sum
}

func main() {
	all, cleared := fragments{}, fragments{}
	for shard := range 50 {
		all[key{shard, "a"}] = map[string]int{"x": 1}
	}
	cleared[key{0, "a"}] = map[string]int{}
	for i := range 1000 {
		cleared[key{0, "a"}][strconv.Itoa(i)] = 0
	}
	count(all, cleared)
}
