// misbehaves: exit 1

package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
)

type Task struct{ deps []int }

// Removes the dependencies of each task: which tasks are still visited depends on the order.
func visit(tasks map[int]Task) int {
	visited := 0
	for _, t := range tasks {
		visited++
		for _, d := range t.deps {
			delete(tasks, d) // want "GM201.*tasks"
		}
	}
	return visited
}

func main() {
	outcomes := map[int]int{}
	for r := 0; r < 1000; r++ {
		tasks := map[int]Task{}
		for i := 0; i < 40; i++ {
			tasks[i] = Task{deps: []int{(i * 7) % 40, (i + 1) % 40}}
		}
		outcomes[visit(tasks)]++
	}
	if len(outcomes) > 1 {
		ks := slices.Sorted(maps.Keys(outcomes))
		fmt.Printf("%d distinct visit counts over 1000 runs (%d..%d)\n", len(ks), ks[0], ks[len(ks)-1])
		os.Exit(1)
	}
}
