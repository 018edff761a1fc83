// A loop that empties a map becomes clear; comments around it, labels elsewhere and other loops stay as they are.
package main

import "fmt"

type cache struct {
	entries map[string][]byte
	sizes   map[string]int
}

func (c *cache) reset() {
	// all of it
	for key := range c.entries {
		delete(c.entries, key)
	}

	for key, _ := range c.sizes {
		delete(c.sizes, key)
	} // and the sizes
	if len(c.entries) == 0 {
		for k := range c.sizes {
			// the comment inside would be lost
			delete(c.sizes, k)
		}
	}
}

func main() {
	c := &cache{map[string][]byte{"a": nil, "b": nil}, map[string]int{"a": 1}}
	c.reset()
	fmt.Println(len(c.entries), len(c.sizes))
}
