package main

import (
	"sync"

	"example.com/testdata/concurrent_map_write/good_goroutine_for_each_pull/pull"
)

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			p := pull.New()
			stop := p.Show()
			for _, name := range []string{"a", "b", "c"} {
				p.Add(name)
			}
			stop()
		})
	}
	wg.Wait()
}
