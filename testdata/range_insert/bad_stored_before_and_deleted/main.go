// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

// The total was there, but it is gone when the loop begins.
func total(prices map[string]int) (visited int) {
	prices["total"] = 0
	delete(prices, "total")
	for name := range prices {
		visited++
		if name != "total" {
			prices["total"] += prices[name] // want "GM202.*prices"
		}
	}
	return visited
}

func main() {
	seen := map[int]bool{}
	for range 200 {
		seen[total(map[string]int{"a": 1, "b": 2})] = true
	}
	if len(seen) > 1 {
		fmt.Println("visited:", seen)
		os.Exit(1)
	}
}
