// fails: panic assignment to entry in nil map
package main

type Node struct{ children map[string]*Node }

func (n *Node) Insert(parts []string) {
	for _, part := range parts {
		next, ok := n.children[part]
		if !ok {
			next = &Node{}
			n.children[part] = next // want "GM401.*children"
		}
		n = next
	}
}

func main() {
	root := &Node{children: map[string]*Node{}}
	root.Insert([]string{"a", "b"})
}
