// The node of the step before has its map in the literal.
package main

type Node struct {
	name     string
	children map[string]*Node
}

func (n *Node) Insert(parts []string) {
	entry := n
	for _, part := range parts {
		next, ok := entry.children[part]
		if !ok {
			node := &Node{name: part, children: make(map[string]*Node)}
			entry.children[part] = node
			next = node
		}
		entry = next
	}
}

func main() {
	root := &Node{children: map[string]*Node{}}
	root.Insert([]string{"a", "b", "c"})
}
