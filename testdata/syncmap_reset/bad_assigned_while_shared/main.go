// fails: race

package main

import (
	"sync"
)

type Cache struct{ m sync.Map }

func (c *Cache) Reset() {
	c.m = sync.Map{} // want "GM309"
}

func main() {
	c := &Cache{}
	var wg sync.WaitGroup
	for g := 0; g < 3; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				c.m.Store(i%100, i)
				c.m.Load(i % 100)
			}
		})
	}
	for i := 0; i < 2000; i++ {
		c.Reset()
	}
	wg.Wait()
}
