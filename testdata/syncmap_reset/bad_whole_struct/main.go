// fails: race

package main

import "sync"

type cache struct {
	entries sync.Map
	name    string
}

func (c *cache) reset() {
	*c = cache{name: "c"} // want "GM309"
}

func (c *cache) put(i int) { c.entries.Store(i%100, i) }

func main() {
	c := &cache{}
	var wg sync.WaitGroup
	for g := 0; g < 3; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				c.put(i)
			}
		})
	}
	for i := 0; i < 2000; i++ {
		c.reset()
	}
	wg.Wait()
}
