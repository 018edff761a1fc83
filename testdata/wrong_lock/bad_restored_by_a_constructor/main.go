// fails: race

package main

import (
	"sync"

	"example.com/testdata/wrong_lock/bad_restored_by_a_constructor/graph"
)

func main() {
	g := graph.NewFrom(map[int]bool{1: true})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 50_000 {
			g.Bury(i % 100)
			g.Sweep((i + 50) % 100)
		}
	})
	for i := range 2_000 {
		g.Buried(i)
		g.Graves()
		g.Count()
	}
	wg.Wait()
}
