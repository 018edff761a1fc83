package main

import "sync"

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
	for name, count := range found {
		if count == 0 {
			delete(found, name)
		}
	}
	return found
}

// count works on the fragments at the same time, each goroutine on that of its own key.
func count(all, cleared fragments) int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	sum := 0
	for key := range all {
		shard, field := key.shard, key.field
		wg.Add(1)
		go func() {
			defer wg.Done()
			n := len(cleared.views(shard, field))
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
		for _, field := range []string{"a", "b"} {
			all[key{shard, field}] = map[string]int{"x": 1}
			cleared[key{shard, field}] = map[string]int{"x": 1, "y": 0, "z": 0}
		}
	}
	if count(all, cleared) != 100 {
		panic("wrong")
	}
}
