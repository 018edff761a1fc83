// fails: race
// The inner map is looked up under the lock, and ranged over when others may add to it.
package main

import (
	"strconv"
	"sync"
)

type cache struct {
	mu  sync.Mutex
	ids map[string]map[int]bool
}

func (c *cache) add(session string, id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ids[session] == nil {
		c.ids[session] = map[int]bool{}
	}
	c.ids[session][id] = true // may "GM10[13]"
}

// release counts what a session has had.
func (c *cache) release(session string) (count int) {
	c.mu.Lock()
	ids := c.ids[session]
	c.mu.Unlock()
	for range ids { // want "GM10[46]"
		count++
	}
	return count
}

func main() {
	c := &cache{ids: map[string]map[int]bool{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for id := range 5000 {
				session := strconv.Itoa(id % 2)
				c.add(session, id)
				c.release(session)
			}
		})
	}
	wg.Wait()
}
