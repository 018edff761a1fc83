// note: deleting the current key is defined, each key is still visited exactly once

package main

import (
	"fmt"
)

type Cache struct{ exp map[int]int }

// Deleting the current key is allowed by the language: every key is seen exactly once.
func (c *Cache) sweep(now int) int {
	visited := 0
	for k, at := range c.exp {
		visited++
		if at < now {
			delete(c.exp, k) // want "GM201.*exp"
		}
	}
	return visited
}

func main() {
	for r := 0; r < 1000; r++ {
		c := &Cache{exp: map[int]int{}}
		for i := 0; i < 500; i++ {
			c.exp[i] = i % 2
		}
		if v := c.sweep(1); v != 500 || len(c.exp) != 250 {
			panic(fmt.Sprint("visited ", v, " left ", len(c.exp)))
		}
	}
}
