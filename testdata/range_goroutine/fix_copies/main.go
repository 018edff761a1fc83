// Before Go 1.22, each iteration needs copies of the loop's variables for its goroutine.
package main

import (
	"fmt"
	"sync"
)

func main() {
	ages := map[string]int{"ann": 40, "bob": 41}
	var mu sync.Mutex
	var wg sync.WaitGroup
	names, sum := map[string]bool{}, 0
	for name, age := range ages {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			names[name] = true
			sum += age
		}()
	}
	wg.Wait()
	fmt.Println(len(names), sum)
}
