package main

import "fmt"

// The inner map is made if there is anything to put into it.
func decode(counts map[string]int) map[string]map[int]bool {
	blocks := make(map[string]map[int]bool)
	for name, count := range counts {
		if count > 0 {
			blocks[name] = make(map[int]bool, count)
		}
		for id := range count {
			blocks[name][id] = true
		}
		for id := 0; id < count; id++ {
			blocks[name][id] = false
		}
	}
	return blocks
}

func main() {
	fmt.Println(len(decode(map[string]int{"a": 2, "b": 0})["a"]))
}
