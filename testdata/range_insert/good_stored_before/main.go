package main

import "fmt"

// The total is there before the loop begins, and only changed in it.
func total(prices map[string]int) int {
	prices["total"] = 0
	for name, price := range prices {
		if name != "total" {
			prices["total"] += price
		}
	}
	return prices["total"]
}

func main() {
	fmt.Println(total(map[string]int{"a": 1, "b": 2}))
}
