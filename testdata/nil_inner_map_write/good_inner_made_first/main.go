package main

type Graph struct{ edges map[string]map[string]int }

func (g *Graph) Connect(from, to string, cost int) {
	if g.edges[from] == nil {
		g.edges[from] = map[string]int{}
	}
	g.edges[from][to] = cost
}

func main() {
	g := &Graph{edges: map[string]map[string]int{}}
	g.Connect("a", "b", 1)
	g.Connect("a", "c", 2)
	if len(g.edges["a"]) != 2 {
		panic(g.edges)
	}
}
