// fails: panic comparing uncomparable type

package main

import (
	"slices"
	"sync"
)

type Cache struct{ m sync.Map }

func (c *Cache) Add(k string, id int) {
	for {
		v, loaded := c.m.LoadOrStore(k, []int{id})
		if !loaded {
			return
		}
		old := v.([]int)
		next := append(slices.Clone(old), id)
		if c.m.CompareAndSwap(k, old, next) { // want "GM306"
			return
		}
	}
}

func main() {
	c := &Cache{}
	c.Add("a", 1)
	c.Add("a", 2)
}
