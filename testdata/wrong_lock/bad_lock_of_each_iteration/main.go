// fails: race

package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	lengths := map[int]int{}
	for i := range 8 {
		var mu sync.Mutex // another one for each goroutine
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range 2000 {
				mu.Lock()
				lengths[j] = i // want "GM108.*made anew for each goroutine"
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	fmt.Println(len(lengths))
}
