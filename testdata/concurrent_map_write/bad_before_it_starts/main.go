// fails: race

package main

import (
	"sync"

	"example.com/testdata/concurrent_map_write/bad_before_it_starts/gadget"
)

func main() {
	g := gadget.New()
	g.Start()
	var gadgets sync.WaitGroup
	for range 50 {
		gadgets.Go(func() {
			g.Add("a")
			g.Attach("b")
		})
	}
	gadgets.Wait()
}
