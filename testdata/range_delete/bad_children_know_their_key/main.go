// misbehaves: exit 1
package main

import (
	"fmt"
	"os"
)

type Node struct {
	id       int
	children []*Node
}

type Tree struct{ nodes map[int]*Node }

func (t *Tree) drop(node *Node) {
	delete(t.nodes, node.id)
}

// The key is a field of a child, not of the visited node.
func (t *Tree) Prune() (visited int) {
	for _, node := range t.nodes {
		visited++
		for _, child := range node.children {
			t.drop(child) // want "GM201.*nodes"
		}
	}
	return visited
}

func main() {
	counts := map[int]int{}
	for r := 0; r < 500; r++ {
		t := &Tree{nodes: map[int]*Node{}}
		for i := 0; i < 30; i++ {
			t.nodes[i] = &Node{id: i}
		}
		for i := 0; i < 30; i++ {
			t.nodes[i].children = []*Node{t.nodes[(i+7)%30]}
		}
		counts[t.Prune()]++
	}
	if len(counts) > 1 {
		fmt.Println("visited, by how often:", counts)
		os.Exit(1)
	}
}
