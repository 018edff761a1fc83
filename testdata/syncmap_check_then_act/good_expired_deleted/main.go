package main

import "sync"

type entry struct{ until int }

func (e *entry) expired(now int) bool { return e.until < now }

var cache sync.Map

// Nobody gets the entry that is deleted here.
func get(key string, now int) *entry {
	v, ok := cache.Load(key)
	if !ok {
		return nil
	}
	e := v.(*entry)
	if e.expired(now) {
		cache.Delete(key)
		return nil
	}
	return e
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				cache.Store("a", &entry{i % 3})
				get("a", 1)
			}
		})
	}
	wg.Wait()
}
