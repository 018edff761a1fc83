// fails: race

package main

import (
	"errors"
	"fmt"
	"strconv"
	"sync"

	"example.com/testdata/concurrent_map_write/bad_locked_at_one_of_two_calls/errs"
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
			if n%2 == 0 {
				found.Add(name, errors.New("even")) // want "GM10[14].*found.by .*written in List.Add"
			}
			mu.Lock()
			defer mu.Unlock()
			found.Add(name, errors.New("any"))
		}()
	}
	wg.Wait()
	fmt.Println(found.Count() > 0)
}
