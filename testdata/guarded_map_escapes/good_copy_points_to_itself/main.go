package main

import "fmt"

type node struct {
	parent, start *node
	children      []*node
	names         map[string]int
}

// A copy that points to itself is no way to the maps of another node.
func twin(of, parent *node) *node {
	n := *of
	n.parent = parent
	n.start = &n
	n.names = map[string]int{}
	n.children = nil
	for _, child := range of.children {
		n.children = append(n.children, twin(child, &n))
	}
	return &n
}

func main() {
	root := &node{children: []*node{{}, {}}, names: map[string]int{"a": 1}}
	fmt.Println(len(twin(root, nil).children))
}
