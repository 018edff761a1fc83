// fails: race

package main

import "sync"

func squares(n int) map[int]int {
	found := map[int]int{}
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			mu := &sync.Mutex{}
			mu.Lock()
			defer mu.Unlock()
			found[i] = i * i // want "GM10[18].*found"
		})
	}
	wg.Wait()
	return found
}

func main() {
	for range 20 {
		squares(200)
	}
}
