package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/good_copy_changed_by_callback/options"
)

func main() {
	o := options.New()
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range 1000 {
				o.Set(n%10, n)
				o.Limit(n % 10)
				o.Remove(n % 10)
			}
		}()
	}
	wg.Wait()
}
