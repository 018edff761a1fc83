// misbehaves: exit 1

package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
)

type Index struct{ terms map[string]int }

// Adds a plural for every term while ranging: new entries may or may not be visited.
func (x *Index) pluralize() {
	for t, n := range x.terms {
		x.terms[t+"s"] = n // want "GM202.*terms"
	}
}

func main() {
	sizes := map[int]int{}
	for r := 0; r < 1000; r++ {
		x := &Index{terms: map[string]int{}}
		for i := 0; i < 20; i++ {
			x.terms[strconv.Itoa(i)] = i
		}
		x.pluralize()
		sizes[len(x.terms)]++
	}
	if len(sizes) > 1 {
		ks := slices.Sorted(maps.Keys(sizes))
		fmt.Printf("%d distinct final sizes over 1000 runs (%d..%d), expected 40\n", len(ks), ks[0], ks[len(ks)-1])
		os.Exit(1)
	}
}
