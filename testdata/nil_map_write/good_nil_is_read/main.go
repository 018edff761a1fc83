package main

import (
	"fmt"
	"maps"
)

type Set struct{ items map[string]bool }

func main() {
	var counts map[string]int
	fmt.Println(counts["a"], len(counts))
	for range counts {
		fmt.Println("never")
	}
	delete(counts, "a")
	clear(counts)
	maps.DeleteFunc(counts, func(string, int) bool { return true })
	copied := maps.Clone(counts)
	fmt.Println(copied == nil)
	var set Set
	fmt.Println(set.items["a"])
}
