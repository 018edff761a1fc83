package main

import "fmt"

func main() {
	for _, verbose := range []bool{false, true} {
		var seen map[string]bool
		if verbose {
			seen = make(map[string]bool)
		}
		for _, word := range []string{"a", "b"} {
			if verbose {
				seen[word] = true
			}
		}
		fmt.Println(len(seen))
	}
}
