package main

import "sync"

// Map is no sync.Map: it is a plain map with a lock, and its Load and Store have nothing atomic to offer beyond it.
type Map struct {
	mu sync.RWMutex
	m  map[string]int
}

func (x *Map) Load(k string) (int, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	v, ok := x.m[k]
	return v, ok
}

func (x *Map) Store(k string, v int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.m[k] = v
}

func (x *Map) Range(f func(string, int) bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for k, v := range x.m {
		if !f(k, v) {
			return
		}
	}
}

func main() {
	x := &Map{m: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				x.Store("k", i)
				x.Load("k")
				x.Range(func(string, int) bool { return true })
			}
		})
	}
	wg.Wait()
}
