// fails: race

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

func (b *base) remove(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.items, k)
}

type Cart struct {
	base
	owner string
}

// The map and its lock are promoted from the embedded type; the lock is easily forgotten there.
func (c *Cart) Empty() bool {
	return len(c.items) == 0 // want "GM10[24].*items"
}

func main() {
	c := &Cart{base: base{items: map[string]int{}}, owner: "ann"}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			c.add(strconv.Itoa(i))
			c.remove(strconv.Itoa(i))
		}
	})
	for i := 0; i < 5000; i++ {
		c.Empty()
	}
	wg.Wait()
}
