// fails: race

package main

import (
	"strconv"
	"sync"
)

type Loader struct{ out map[string]int }

func (l *Loader) Run(keys []string) int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, k := range keys {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			l.out[k] = len(k)
		})
	}
	n := len(l.out)   // want "GM10[24].*out"
	l.out["done"] = n // want "GM10[14].*out"
	wg.Wait()
	return n
}

func main() {
	keys := make([]string, 2000)
	for i := range keys {
		keys[i] = strconv.Itoa(i)
	}
	for r := 0; r < 30; r++ {
		(&Loader{out: map[string]int{}}).Run(keys)
	}
}
