package main

import "fmt"

type Graph struct{ edges map[string]map[string]int }

func New(nodes ...string) *Graph {
	g := &Graph{edges: make(map[string]map[string]int)}
	for _, node := range nodes {
		g.edges[node] = make(map[string]int)
	}
	return g
}

func (g *Graph) Connect(from, to string, cost int) {
	g.edges[from][to] = cost
}

func byLength(words []string) map[int]map[string]bool {
	sets := map[int]map[string]bool{}
	for _, word := range words {
		if _, ok := sets[len(word)]; !ok {
			sets[len(word)] = map[string]bool{}
		}
		sets[len(word)][word] = true
	}
	for length := range sets {
		sets[length]["any"] = true
	}
	for _, set := range sets {
		set["all"] = true
	}
	return sets
}

func lazily(words []string) map[int]map[string]bool {
	sets := map[int]map[string]bool{}
	for _, word := range words {
		set := sets[len(word)]
		if set == nil {
			set = map[string]bool{}
			sets[len(word)] = set
		}
		set[word] = true
	}
	return sets
}

func main() {
	g := New("a", "b")
	g.Connect("a", "b", 1)
	fmt.Println(g.edges, byLength([]string{"a"}), lazily([]string{"a"}))
}
