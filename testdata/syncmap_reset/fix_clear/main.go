// A sync.Map that is replaced is cleared instead; the other file needs sync no more, this one does.
package main

import (
	"fmt"
	"sync"
)

type cache struct{ entries sync.Map }

func (c *cache) reset() {
	c.entries = sync.Map{}
}

func main() {
	c := &cache{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		c.entries.Store("a", 1)
	}()
	c.reset()
	c.purge()
	wg.Wait()
	c.reset()
	_, ok := c.entries.Load("a")
	fmt.Println(ok)
}
