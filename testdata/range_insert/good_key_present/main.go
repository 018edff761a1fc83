package main

type Graph struct{ degree map[int]int }

// What is written is certainly there: it was looked up, or came from a range over the same map.
func (g *Graph) Link(next map[int]int) {
	for from := range g.degree {
		to := next[from]
		if _, ok := g.degree[to]; ok {
			g.degree[to]++
		}
		n, ok := g.degree[-from]
		if !ok {
			continue
		}
		g.degree[-from] = n + 1
	}
	for from := range g.degree {
		for to := range g.degree {
			if from != to {
				g.degree[to] += 2
			}
		}
		if g.degree[from+1] > 0 {
			g.degree[from+1]--
		}
	}
}

func main() {
	for r := 0; r < 200; r++ {
		g := &Graph{degree: map[int]int{1: 1, 2: 1, 3: 1}}
		g.Link(map[int]int{1: 2, 2: 3, 3: 4})
		if len(g.degree) != 3 {
			panic(g.degree)
		}
	}
}
