package main

import (
	"strconv"
	"sync"
)

type base struct {
	mu    sync.Mutex
	items map[string]int
}

func (b *base) add(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.items[k]++
}

type Cart struct {
	base
	owner string
}

func (c *Cart) Empty() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.items) == 0
}

func main() {
	c := &Cart{base: base{items: map[string]int{}}, owner: "ann"}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			c.add(strconv.Itoa(i))
		}
	})
	for i := 0; i < 5000; i++ {
		c.Empty()
	}
	wg.Wait()
}
