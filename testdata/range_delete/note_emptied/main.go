// note: defined, and clear(m) says it better

package main

type Cache struct{ entries map[string]int }

func (c *Cache) Reset() {
	for k := range c.entries {
		delete(c.entries, k) // want "GM201.*entries"
	}
}

func main() {
	c := &Cache{entries: map[string]int{"a": 1, "b": 2}}
	c.Reset()
	if len(c.entries) != 0 {
		panic(c.entries)
	}
}
