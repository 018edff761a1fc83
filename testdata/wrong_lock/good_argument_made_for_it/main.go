package main

import (
	"sync"

	"example.com/testdata/wrong_lock/good_argument_made_for_it/rules"
)

func main() {
	p := rules.New()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 200 {
				p.Parse("a", i)
				p.Get("a")
			}
		})
	}
	wg.Wait()
}
