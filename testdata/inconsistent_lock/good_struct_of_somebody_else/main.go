// ok
// What is copied from is another object than that which the lock guards.
package main

import (
	"strconv"
	"sync"
)

type members struct{ names map[string]bool }

func clone(m members) members {
	c := members{names: map[string]bool{}}
	for name := range m.names {
		c.names[name] = true
	}
	return c
}

type group struct {
	mu   sync.Mutex
	list members
}

func (g *group) add(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.list.names[name] = true
}

func (g *group) has(name string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.list.names[name]
}

func (g *group) drop(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.list.names, name)
}

func main() {
	g := &group{list: members{names: map[string]bool{}}}
	given := members{names: map[string]bool{"a": true}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 500 {
				g.add(strconv.Itoa(i))
				g.has("a")
				clone(given)
				g.drop("a")
			}
		}()
	}
	wg.Wait()
}
