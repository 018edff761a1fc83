package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/good_only_caller_holds_the_lock/engine"
)

func main() {
	e := engine.New()
	var clients sync.WaitGroup
	for n := range 50 {
		clients.Go(func() {
			e.Replace(n)
			e.Has(n)
		})
	}
	clients.Wait()
}
