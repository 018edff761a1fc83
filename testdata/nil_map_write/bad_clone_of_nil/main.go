// fails: panic assignment to entry in nil map

package main

import (
	"fmt"
	"maps"
)

func withDefaults(base map[string]string) map[string]string {
	labels := maps.Clone(base)
	labels["env"] = "dev" // may "GM401"
	return labels
}

func main() {
	var base map[string]string
	merged := maps.Clone(base)
	defer func() {
		fmt.Println(recover())
		withDefaults(base)
	}()
	merged["env"] = "test" // want "GM401.*merged"
}
