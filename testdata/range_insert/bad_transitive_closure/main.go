// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Deps struct{ needed map[int]bool }

// A dependency of a dependency is found if the iteration happens to come by.
func (d *Deps) close(of func(int) int) {
	for pkg := range d.needed {
		d.needed[of(pkg)] = true // want "GM202.*needed"
	}
}

func main() {
	found := map[int]int{}
	for r := 0; r < 500; r++ {
		d := &Deps{needed: map[int]bool{0: true}}
		d.close(func(pkg int) int { return min(pkg+1, 30) })
		found[len(d.needed)]++
	}
	if len(found) > 1 || found[31] == 0 {
		fmt.Println("found, by how often:", found)
		os.Exit(1)
	}
}
