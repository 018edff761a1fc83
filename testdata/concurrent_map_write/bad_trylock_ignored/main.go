// fails: race

package main

import (
	"sync"
)

type Meter struct {
	mu sync.Mutex
	m  map[string]int
}

func (t *Meter) Inc(k string) {
	t.mu.TryLock() // result ignored
	t.m[k]++       // want "GM10[14]"
	defer func() { _ = recover() }()
	t.mu.Unlock()
}

func main() {
	t := &Meter{m: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				t.Inc("k")
			}
		})
	}
	wg.Wait()
}
