// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Cache struct{ entries map[int]int }

func (c *Cache) trim() (seen int) {
	m := c.entries
	for k := range c.entries {
		seen++
		delete(m, (k*7+1)%40) // want "GM201"
	}
	return seen
}

func main() {
	counts := map[int]int{}
	for r := 0; r < 500; r++ {
		c := &Cache{entries: map[int]int{}}
		for i := 0; i < 40; i++ {
			c.entries[i] = i
		}
		counts[c.trim()]++
	}
	if len(counts) > 1 {
		fmt.Println("seen, by how often:", counts)
		os.Exit(1)
	}
}
