// fails: race

package main

import (
	"errors"
	"sync"
)

func store(names []string) map[int]error {
	var mu sync.Mutex
	var wg sync.WaitGroup
	errs := map[int]error{}
	for i := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if i%7 == 0 {
				mu.Lock()
				errs[i] = errors.New("not stored")
				mu.Unlock()
			}
		}()
	}
	wg.Wait()

	for i := range names {
		if _, failed := errs[i]; failed { // want "GM10[24].*errs"
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			if i%5 == 0 {
				mu.Lock()
				errs[i] = errors.New("not indexed")
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return errs
}

func main() {
	for range 20 {
		store(make([]string, 1000))
	}
}
