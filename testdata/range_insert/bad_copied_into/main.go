// misbehaves: exit 1

package main

import (
	"fmt"
	"maps"
	"os"
)

type Group struct{ members map[int]map[int]bool }

// Members of members: complete only if the iteration happens to come by in the right order.
func (g *Group) expand(of int) {
	all := g.members[of]
	for id := range all {
		maps.Copy(all, g.members[id]) // want "GM202.*all.*maps.Copy"
	}
}

func main() {
	sizes := map[int]int{}
	for r := 0; r < 500; r++ {
		g := &Group{members: map[int]map[int]bool{}}
		for i := 0; i < 20; i++ {
			g.members[i] = map[int]bool{i + 1: true}
		}
		g.expand(0)
		sizes[len(g.members[0])]++
	}
	if len(sizes) > 1 {
		fmt.Println("sizes, by how often:", sizes)
		os.Exit(1)
	}
}
