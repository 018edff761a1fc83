// The node of the step before has got a map when the loop comes to it.
package main

type Node struct{ children map[string]*Node }

func (n *Node) ready() {
	if n.children == nil {
		n.children = map[string]*Node{}
	}
}

func (n *Node) Insert(parts []string) {
	for _, part := range parts {
		next, ok := n.children[part]
		if !ok {
			next = &Node{}
			n.children[part] = next
			next.ready()
		}
		n = next
	}
}

func main() {
	root := &Node{children: map[string]*Node{}}
	root.Insert([]string{"a", "b"})
}
