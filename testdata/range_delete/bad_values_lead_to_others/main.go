// misbehaves: exit 1
package main

import (
	"fmt"
	"os"
)

type Timer struct{ id int }

// Each timer is kept under the one that comes before it.
func main() {
	counts := map[int]int{}
	for r := 0; r < 500; r++ {
		after := map[*Timer]*Timer{}
		last := &Timer{}
		for i := range 20 {
			next := &Timer{id: i}
			after[last] = next
			last = next
		}
		visited := 0
		for _, t := range after {
			visited++
			delete(after, t) // want "GM201.*other"
		}
		counts[visited]++
	}
	if len(counts) > 1 {
		fmt.Println("20 timers, but the loop visited", counts)
		os.Exit(1)
	}
}
