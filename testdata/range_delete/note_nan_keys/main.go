// note: NaN keys stay; clear(m) removes them as well

package main

import "math"

func main() {
	seen := map[float64]bool{1: true, math.NaN(): true, math.NaN(): true}
	for x := range seen {
		delete(seen, x) // want "GM201.*clear.*NaN"
	}
	if len(seen) != 2 {
		panic(len(seen))
	}
	clear(seen)
	if len(seen) != 0 {
		panic(len(seen))
	}
}
