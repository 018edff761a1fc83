// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"strconv"
)

func fill(usage map[int]int) {
	batch := make([]int, 0, 2)
	flush := func() {
		for i, id := range batch {
			usage[id] = i + 1
		}
	}
	for id := range usage {
		batch = append(batch, id+1000)
		if len(batch) >= 2 {
			flush() // want "GM202.*usage.*flush"
			batch = batch[:0]
		}
	}
	flush()
}

func main() {
	sizes := map[string]bool{}
	for range 100 {
		usage := map[int]int{}
		for id := range 50 {
			usage[id] = 0
		}
		fill(usage)
		sizes[strconv.Itoa(len(usage))] = true
	}
	if len(sizes) > 1 {
		fmt.Println("a different number of entries each time:", len(sizes))
		os.Exit(1)
	}
}
