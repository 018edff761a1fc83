// misbehaves: exit 1

package main

import (
	"fmt"
	"maps"
	"os"
)

// Each entry throws out those that are just above it; how many get their turn depends on who comes first.
func thin(heights map[int]int) (turns int) {
	for _, h := range heights {
		turns++
		maps.DeleteFunc(heights, func(_, other int) bool { return other == h+1 }) // want "GM201.*heights.*DeleteFunc"
	}
	return turns
}

func main() {
	counts := map[int]int{}
	for r := 0; r < 500; r++ {
		heights := map[int]int{}
		for i := 0; i < 30; i++ {
			heights[i] = i
		}
		counts[thin(heights)]++
	}
	if len(counts) > 1 {
		fmt.Println("turns, by how often:", counts)
		os.Exit(1)
	}
}
