// Each goroutine has an index, and so a map, of its own.
package main

import (
	"fmt"
	"sync"
)

type Group struct {
	mu   sync.Mutex
	seen []map[string]int
}

func (g *Group) eval(i int) {
	g.seen[i] = map[string]int{}
	g.seen[i]["a"]++
	for name := range g.seen[i] {
		g.seen[i][name] += i
	}
}

func (g *Group) Eval() {
	g.mu.Lock()
	defer g.mu.Unlock()
	var wg sync.WaitGroup
	for i := range g.seen {
		wg.Add(1)
		go func() {
			defer wg.Done()
			g.eval(i)
		}()
	}
	wg.Wait()
}

func main() {
	g := &Group{seen: make([]map[string]int, 4)}
	g.Eval()
	fmt.Println(len(g.seen))
}
