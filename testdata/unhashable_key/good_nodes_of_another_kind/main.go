// Some nodes hold paths, which can't be hashed; those that are looked up are of another kind.
package main

type Node struct {
	pointer bool
	value   any
	byValue map[any]*Node
}

func (n *Node) set(value any) {
	if n.pointer {
		n.value = value
		return
	}
	n.value = value
	n.byValue[value] = n
}

func (n *Node) forget() {
	delete(n.byValue, n.value)
}

func main() {
	index := map[any]*Node{}
	path := &Node{pointer: true, byValue: index}
	path.set([]string{"a", "b"})
	component := &Node{byValue: index}
	component.set("c")
	component.forget()
}
