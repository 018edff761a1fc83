// fails: panic assignment to entry in nil map
package main

func count(into *map[string]int, word string) {
	(*into)[word]++
}

func main() {
	var counts map[string]int
	count(&counts, "a") // want "GM401.*counts"
}
