// Maps that are never made are made where they are declared; what is compared with nil may mean something by it.
package main

import "fmt"

type set map[string]struct{}

// seen is never made.
var seen map[string]bool

var asked map[string]int // a group of
var other = 1            // aligned comments

func note(name string) {
	seen[name] = true
}

func count(words []string) map[string]int {
	var counts map[string]int
	for _, word := range words {
		counts[word]++
	}
	return counts
}

func unique(words []string) int {
	var found set
	for _, word := range words {
		found[word] = struct{}{}
	}
	return len(found)
}

func perhaps(words []string) bool {
	var counts map[string]int
	for _, word := range words {
		counts[word]++
	}
	return counts == nil
}

func main() {
	note("a")
	if other > 1 {
		asked["b"]++
	}
	fmt.Println(len(count([]string{"a", "b"})), unique([]string{"a", "a"}), len(seen), other)
	fmt.Println(len(asked), perhaps(nil))
}
