// fails: race

package main

import (
	"runtime"
	"sync"

	"example.com/testdata/concurrent_map_write/bad_goroutine_beside_its_starter/pull"
)

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			p := pull.New()
			stop := p.Show()
			p.Add("a")
			for range 1000 {
				p.Forget("a")
				runtime.Gosched()
			}
			stop()
		})
	}
	wg.Wait()
}
