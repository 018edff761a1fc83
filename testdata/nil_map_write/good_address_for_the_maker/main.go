// Who gets the address makes the map.
package main

func count(into *map[string]int, word string) {
	if *into == nil {
		*into = map[string]int{}
	}
	(*into)[word]++
}

func main() {
	var counts map[string]int
	count(&counts, "a")
	counts["b"] = 1
}
