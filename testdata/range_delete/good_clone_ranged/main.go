package main

import "maps"

type Graph struct{ edges map[int]int }

func (g *Graph) Cut() {
	for _, to := range maps.Clone(g.edges) {
		delete(g.edges, to)
	}
}

func main() {
	g := &Graph{edges: map[int]int{1: 2, 2: 3, 3: 1}}
	g.Cut()
	if len(g.edges) != 0 {
		panic(g.edges)
	}
}
