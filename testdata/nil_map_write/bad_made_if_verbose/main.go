// fails: panic assignment to entry in nil map

package main

func count(verbose bool, words []string) map[string]int {
	var seen map[string]int
	if verbose {
		seen = map[string]int{}
	}
	for _, word := range words {
		seen[word]++ // want "GM401.*seen"
	}
	return seen
}

func main() {
	count(true, []string{"a"})
	count(false, []string{"a"})
}
