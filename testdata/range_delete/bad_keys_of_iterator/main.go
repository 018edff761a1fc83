// misbehaves: exit 1

package main

import (
	"fmt"
	"maps"
	"os"
)

// maps.Keys reads the map while the loop runs: nothing was copied.
func walk(next map[int]int) (steps int) {
	for k := range maps.Keys(next) {
		steps++
		delete(next, next[k]) // want "GM201.*next"
	}
	return steps
}

func main() {
	counts := map[int]int{}
	for r := 0; r < 500; r++ {
		next := map[int]int{}
		for i := 0; i < 30; i++ {
			next[i] = (i + 1) % 30
		}
		counts[walk(next)]++
	}
	if len(counts) > 1 {
		fmt.Println("steps, by how often:", counts)
		os.Exit(1)
	}
}
