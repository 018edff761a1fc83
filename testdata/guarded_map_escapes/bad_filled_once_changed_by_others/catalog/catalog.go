// Package catalog knows names.
package catalog

import (
	"strconv"
	"sync"
)

type Catalog struct {
	mu    sync.Mutex
	names map[string]int
}

// All gives the names: those who ask may do with them what they like.
func (c *Catalog) All() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.names == nil {
		c.names = make(map[string]int)
		for i := range 100 {
			c.names[strconv.Itoa(i)] = i
		}
	}
	return c.names // want "GM106.*Catalog.names"
}
