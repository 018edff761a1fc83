// fails: race

package main

import "sync"

type guard struct{ mu sync.Mutex }

func (g *guard) Lock()   { g.mu.Lock() }
func (g *guard) Unlock() { g.mu.Unlock() }

// Each call gets a copy of the lock.
func main() {
	seen := map[int]int{}
	var all guard
	put := func(mu guard, i int) {
		mu.Lock()
		seen[i%100]++ // want "GM10[18].*seen"
		mu.Unlock()
	}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				put(all, i)
			}
		})
	}
	wg.Wait()
}
