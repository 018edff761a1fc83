// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type property struct{ id, twin string }

var properties = map[string]property{"a": {"a", "b"}, "b": {"b", "a"}}

func clean(fields map[string]int) (visited int) {
	for name := range fields {
		visited++
		property := properties[name]
		for _, other := range []string{property.twin} {
			delete(fields, other) // want "GM201.*fields"
		}
	}
	return visited
}

func main() {
	fields := map[string]int{"a": 1, "b": 2}
	if visited := clean(fields); visited != 2 {
		fmt.Println("visited", visited, "of 2")
		os.Exit(1)
	}
}
