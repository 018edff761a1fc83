package main

import "sync"

type guard struct{ mu sync.Mutex }

func (g *guard) Lock()   { g.mu.Lock() }
func (g *guard) Unlock() { g.mu.Unlock() }

// The lock is a struct in a variable, and the literals that run on all goroutines mean that variable.
func main() {
	seen := map[int]int{}
	var mu guard
	put := func(i int) {
		mu.Lock()
		seen[i%100]++
		mu.Unlock()
	}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				put(i)
			}
		})
	}
	wg.Wait()
}
