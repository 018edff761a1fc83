package main

import (
	"strconv"
	"sync"

	"example.com/testdata/concurrent_map_write/good_helper_of_another_package/sets"
)

type crawler struct {
	mu   sync.Mutex
	seen map[string]bool
	tags map[string]bool
}

func (c *crawler) visit(n int) {
	name := strconv.Itoa(n)
	sets.Register(name)
	own := map[string]bool{}
	sets.Add(own, name)
	c.mu.Lock()
	sets.Add(c.seen, name)
	c.mu.Unlock()
	sets.With(c.tags, name)
}

func main() {
	c := &crawler{seen: map[string]bool{}, tags: map[string]bool{"a": true}}
	sets.Add(c.tags, "b")
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range 1000 {
				c.visit(n)
			}
		}()
	}
	wg.Wait()
	sets.Add(c.seen, "last")
}
