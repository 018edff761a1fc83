// The inner map is made before the write to it, if it is nil.
package main

import (
	"fmt"
	"time"
)

type graph struct {
	edges map[string]map[string]time.Duration
}

func newGraph() *graph {
	return &graph{edges: make(map[string]map[string]time.Duration)}
}

func (g *graph) connect(from, to string, cost time.Duration) {
	g.edges[from][to] = cost
}

func main() {
	g := newGraph()
	g.connect("a", "b", time.Second)
	g.connect("a", "c", time.Second)
	deep := map[int]map[string]bool{}
	deep[1]["a"] = true
	fmt.Println(len(g.edges["a"]), deep[1]["a"])
}
