package main

import (
	"strconv"
	"strings"
	"sync"
)

// catalog is filled when somebody asks for it, and never changed again.
type catalog struct {
	mu    sync.Mutex
	names map[string]int
}

func fill(names map[string]int) {
	for i := range 100 {
		names[strconv.Itoa(i)] = i
	}
}

func (c *catalog) all() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.names) != 0 {
		return c.names
	}
	fill(c.names)
	return c.names
}

func (c *catalog) number(name string) int { return c.all()[strings.TrimSpace(name)] }

func main() {
	c := &catalog{names: map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 1000 {
				c.number(strconv.Itoa(i))
			}
		})
	}
	wg.Wait()
}
