// fails: race

package main

import (
	"strconv"
	"sync"
)

func squares(n int) (sum int) {
	found := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Done() // not deferred: nobody waits for what follows
		for i := 0; i < n; i++ {
			found[strconv.Itoa(i)] = i * i // may "GM10[123]"
		}
	}()
	wg.Wait()
	for _, one := range found { // want "GM103.*found"
		sum += one
	}
	return sum
}

func main() {
	for i := 0; i < 50; i++ {
		_ = squares(500)
	}
}
