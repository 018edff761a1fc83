// fails: panic comparing uncomparable type map

package main

import (
	"maps"
	"sync/atomic"
)

type Conf struct{ v atomic.Value }

func (c *Conf) Update(k, val string) {
	for {
		old := c.v.Load().(map[string]string)
		next := maps.Clone(old)
		next[k] = val
		if c.v.CompareAndSwap(old, next) { // want "GM110"
			return
		}
	}
}

func main() {
	c := &Conf{}
	c.v.Store(map[string]string{})
	c.Update("a", "b")
}
