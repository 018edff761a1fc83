package main

import (
	"fmt"
	"maps"
)

// Where properties stays nil, there is nothing to copy into it.
func merge(known map[string]map[string]int, name string, given map[string]int) map[string]int {
	var properties map[string]int
	if before, ok := known[name]; ok {
		properties = before
	}
	if len(given) > 0 && properties == nil {
		properties = make(map[string]int)
	}
	maps.Copy(properties, given)
	return properties
}

func main() {
	fmt.Println(merge(nil, "a", nil), merge(nil, "a", map[string]int{"x": 1}))
}
