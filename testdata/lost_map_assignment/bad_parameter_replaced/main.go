// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Cache struct{ m map[string]int }

// A parameter is a variable of its own: the caller's map stays as it was.
func reset(m map[string]int) {
	m = nil // want "GM408"
}

func replace(m map[string]int) {
	m = map[string]int{} // want "GM408"
}

func main() {
	c := &Cache{m: map[string]int{"a": 1}}
	reset(c.m)
	replace(c.m)
	if len(c.m) != 0 {
		fmt.Println("emptied twice, entries left:", len(c.m))
		os.Exit(1)
	}
}
