// fails: panic assignment to entry in nil map
package main

import (
	"fmt"
	"maps"
)

// The map is made only where there is much to copy.
func merge(given map[string]int) map[string]int {
	var properties map[string]int
	if len(given) > 10 {
		properties = make(map[string]int, len(given))
	}
	maps.Copy(properties, given) // want "GM401 .*properties"
	return properties
}

func main() {
	fmt.Println(merge(map[string]int{"x": 1}))
}
