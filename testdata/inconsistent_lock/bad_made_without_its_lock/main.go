// fails: race

package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/bad_made_without_its_lock/jobs"
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
				var other []*jobs.Counter
				c.AddTo(&other)
			}
		})
	}
	wg.Wait()
}
