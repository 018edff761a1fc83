package main

type Counter struct{ seen map[string]map[string]int }

type Node struct {
	name     string
	children map[string]*Node
}

// A map inside of the element, the map of another instance, and a map that takes the place of the ranged one.
func (c *Counter) Mark(word string) {
	for _, inner := range c.seen {
		inner[word+"!"]++
	}
	for name := range c.seen {
		c.seen[name][word+"?"]++
	}
}

func (n *Node) CopyTo(other *Node) {
	for name, child := range n.children {
		other.children["copy of "+name] = child
		child.children["parent"] = n
	}
}

func (n *Node) Rename() {
	for name, child := range n.children {
		if child.name == "" {
			n.children = map[string]*Node{}
		}
		n.children["new "+name] = child
	}
}

func main() {
	c := &Counter{seen: map[string]map[string]int{"a": {}, "b": {}}}
	c.Mark("x")
	if len(c.seen) != 2 || len(c.seen["a"]) != 2 {
		panic(c.seen)
	}
	child := &Node{children: map[string]*Node{}}
	n := &Node{children: map[string]*Node{"a": child}}
	other := &Node{children: map[string]*Node{}}
	n.CopyTo(other)
	n.Rename()
	if len(n.children) != 1 || len(other.children) != 1 || len(child.children) != 1 {
		panic("wrong")
	}
}
