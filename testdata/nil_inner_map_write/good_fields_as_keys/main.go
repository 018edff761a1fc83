package main

import "fmt"

type edge struct{ from, to string }

func graph(edges []edge) map[string]map[string]bool {
	next := make(map[string]map[string]bool)
	for _, e := range edges {
		if next[e.from] == nil {
			next[e.from] = make(map[string]bool)
		}
		next[e.from][e.to] = true
	}
	return next
}

func main() {
	fmt.Println(len(graph([]edge{{"a", "b"}})))
}
