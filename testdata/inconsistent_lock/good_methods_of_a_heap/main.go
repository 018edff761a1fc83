package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/good_methods_of_a_heap/queue"
)

func main() {
	q := queue.New()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 2000 {
				q.Add(g*10000 + i)
				q.Has(i)
				q.Next()
			}
		})
	}
	wg.Wait()
}
