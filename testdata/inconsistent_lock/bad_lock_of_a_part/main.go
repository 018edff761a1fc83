// fails: race

package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/bad_lock_of_a_part/topology"
)

func main() {
	node := topology.NewDataNode()
	layout := topology.NewLayout(node)
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 2000 {
				node.Add(g*10000+i, i%2 == 0)
				layout.Writable(i)
			}
		})
	}
	wg.Wait()
}
