package main

import "sync"

func squares(n int) map[int]int {
	found := map[int]int{}
	mu := &sync.Mutex{}
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			lock := mu
			lock.Lock()
			defer lock.Unlock()
			found[i] = i * i
		})
	}
	wg.Wait()
	return found
}

func main() {
	if len(squares(200)) != 200 {
		panic("lost")
	}
}
