// fails: panic assignment to entry in nil map

package main

type edge struct{ from, to string }

func graph(edges []edge) map[string]map[string]bool {
	next := make(map[string]map[string]bool)
	for _, e := range edges {
		next[e.from][e.to] = true // want "GM402.*next"
	}
	return next
}

func main() {
	graph([]edge{{"a", "b"}})
}
