package main

import (
	"sync"

	"example.com/testdata/concurrent_map_write/good_before_it_starts/gadget"
)

func main() {
	var gadgets sync.WaitGroup
	for range 50 {
		gadgets.Go(func() {
			g := gadget.New()
			g.PreStart("a")
			g.Start()
			g.Attach("b")
		})
	}
	gadgets.Wait()
}
