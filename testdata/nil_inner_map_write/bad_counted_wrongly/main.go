// fails: panic assignment to entry in nil map
package main

func decode(counts map[string]int) map[string]map[int]bool {
	blocks := make(map[string]map[int]bool)
	for name, count := range counts {
		if count > 1 {
			blocks[name] = make(map[int]bool, count)
		}
		for id := range count {
			blocks[name][id] = true // want "GM402"
		}
	}
	return blocks
}

func main() {
	decode(map[string]int{"a": 2, "b": 1})
}
