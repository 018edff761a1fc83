// fails: race
// What is filled under the registry's RLock is the registry's own, for all who look.
package main

import (
	"fmt"
	"sync"
)

type registry struct {
	mu    sync.RWMutex
	known map[string]int
	shown map[string]int
}

func (r *registry) add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known[name] = len(name)
}

func (r *registry) fill() {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for name, size := range r.known {
		r.shown[name] = size // want "GM105 write-under-rlock: registry.shown"
	}
}

func main() {
	r := &registry{known: map[string]int{}, shown: map[string]int{}}
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 400 {
				r.add(fmt.Sprint(n, i))
				r.fill()
			}
		}()
	}
	wg.Wait()
}
