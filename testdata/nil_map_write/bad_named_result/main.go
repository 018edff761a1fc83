// fails: panic assignment to entry in nil map

package main

// A named result starts as its zero value.
func count(words []string) (counts map[string]int) {
	for _, word := range words {
		counts[word]++ // want "GM401.*counts"
	}
	return
}

func main() {
	count([]string{"a", "b"})
}
