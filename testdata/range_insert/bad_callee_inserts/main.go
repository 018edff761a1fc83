// misbehaves: exit 1

package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
)

type Reg struct{ m map[int]int }

func (r *Reg) register(k int) { r.m[k] = 1 }

// The mutation is hidden in a method called in the loop.
func (r *Reg) expand() {
	for k := range r.m {
		r.register(k + 100) // want "GM202"
	}
}

func main() {
	sizes := map[int]int{}
	for i := 0; i < 1000; i++ {
		r := &Reg{m: map[int]int{}}
		for k := 0; k < 30; k++ {
			r.m[k] = 1
		}
		r.expand()
		sizes[len(r.m)]++
	}
	if len(sizes) > 1 {
		ks := slices.Sorted(maps.Keys(sizes))
		fmt.Printf("%d distinct sizes (%d..%d)\n", len(ks), ks[0], ks[len(ks)-1])
		os.Exit(1)
	}
}
