package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/good_made_with_its_lock/jobs"
)

func main() {
	c := &jobs.Counter{}
	var manager []*jobs.Counter
	c.AddTo(&manager)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 1000 {
				c.Count("a")
				c.Counted("a")
				c.Forget("b")
			}
		})
	}
	wg.Wait()
}
