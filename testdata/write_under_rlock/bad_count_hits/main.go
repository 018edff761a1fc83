// fails: race

package main

import "sync"

type Cache struct {
	sync.RWMutex
	values map[int]string
	hits   map[int]int
}

func (c *Cache) Get(k int) string {
	c.RLock()
	defer c.RUnlock()
	c.hits[k]++ // want "GM105.*hits"
	return c.values[k]
}

func main() {
	c := &Cache{values: map[int]string{1: "a"}, hits: map[int]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 5000; i++ {
				c.Get(i % 20)
			}
		})
	}
	wg.Wait()
}
