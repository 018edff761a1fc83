package main

import (
	"runtime"
	"sync"
)

type Meter struct {
	mu sync.Mutex
	m  map[string]int
}

func (t *Meter) Inc(k string) {
	for !t.mu.TryLock() {
		runtime.Gosched()
	}
	defer t.mu.Unlock()
	t.m[k]++
}

func main() {
	t := &Meter{m: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 500; i++ {
				t.Inc("k")
			}
		})
	}
	wg.Wait()
}
