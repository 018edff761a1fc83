// fails: race

package main

import (
	"sync"
)

type Graph struct {
	mu    sync.Mutex
	edges map[int]map[int]bool
}

func (g *Graph) neighbours(n int) map[int]bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.edges[n] == nil {
		g.edges[n] = map[int]bool{}
	}
	return g.edges[n] // want "GM106.*edges"
}

func (g *Graph) Connect(a, b int) {
	set := g.neighbours(a)
	set[b] = true // may "GM10[146]"
}

func main() {
	g := &Graph{edges: map[int]map[int]bool{}}
	var wg sync.WaitGroup
	for w := 0; w < 4; w++ {
		wg.Go(func() {
			for i := 0; i < 30000; i++ {
				g.Connect(i%4, i)
			}
		})
	}
	wg.Wait()
}
