// fails: panic hash of unhashable type

package main

import (
	"sync"
)

type Query struct {
	Table string
	Cols  []string // makes Query unhashable
}

type Cache struct{ m sync.Map }

func (c *Cache) Get(q Query) (any, bool) {
	return c.m.Load(q) // want "GM305.*Query"
}

func main() {
	c := &Cache{}
	c.Get(Query{"t", []string{"a"}})
}
