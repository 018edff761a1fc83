// fails: panic assignment to entry in nil map

package main

import "strings"

func main() {
	var seen map[rune]bool
	strings.Map(func(r rune) rune {
		seen[r] = true // want "GM401.*seen"
		return r
	}, "abc")
}
