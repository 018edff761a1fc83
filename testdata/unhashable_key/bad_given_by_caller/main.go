// fails: panic hash of unhashable type

package main

type Cache struct{ entries map[any]string }

func (c *Cache) Get(key any) string {
	return c.entries[key] // want "GM403.*entries"
}

type query struct {
	table string
	where []string
}

func main() {
	c := &Cache{entries: map[any]string{"a": "b"}}
	c.Get("a")
	c.Get(query{table: "t"})
}
