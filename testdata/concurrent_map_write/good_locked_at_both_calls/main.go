package main

import (
	"errors"
	"fmt"
	"strconv"
	"sync"

	"example.com/testdata/concurrent_map_write/good_locked_at_both_calls/errs"
)

func main() {
	var mu sync.Mutex
	var found errs.List
	var wg sync.WaitGroup
	for n := range 200 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			name := strconv.Itoa(n)
			mu.Lock()
			defer mu.Unlock()
			if n%2 == 0 {
				found.Add(name, errors.New("even"))
			}
			found.Add(name, errors.New("any"))
		}()
	}
	wg.Wait()
	fmt.Println(found.Count() > 0)
}
