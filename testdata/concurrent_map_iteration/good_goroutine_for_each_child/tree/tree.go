// Package tree saves trees.
package tree

import "sync"

// Node is one of a tree.
type Node struct {
	Name     string
	children map[string]*Node
}

// Add makes a child of a node.
func (n *Node) Add(name string) *Node {
	child := &Node{name, map[string]*Node{}}
	if n.children == nil {
		n.children = map[string]*Node{}
	}
	n.children[name] = child
	return child
}

// Save saves a node with all that is below.
func (n *Node) Save(saved *sync.Map) { n.save(saved) }

// save has goroutines save the children, and forgets them when all are saved.
func (n *Node) save(saved *sync.Map) {
	var wg sync.WaitGroup
	for _, child := range n.children {
		wg.Go(func() { child.save(saved) })
	}
	wg.Wait()
	saved.Store(n.Name, true)
	n.children = nil
}
