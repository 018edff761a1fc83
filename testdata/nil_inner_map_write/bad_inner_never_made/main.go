// fails: panic assignment to entry in nil map

package main

type Graph struct{ edges map[string]map[string]int }

func (g *Graph) Connect(from, to string, cost int) {
	g.edges[from][to] = cost // want "GM402.*edges"
}

func main() {
	g := &Graph{edges: map[string]map[string]int{}}
	g.Connect("a", "b", 1)
}
