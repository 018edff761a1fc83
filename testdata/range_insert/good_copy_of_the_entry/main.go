package main

import "fmt"

type Node struct {
	ID     string
	signed bool
}

func (n *Node) Copy() *Node {
	c := *n
	return &c
}

type Server struct{ pending map[string]*Node }

func (s *Server) sign(node *Node) {
	node = node.Copy()
	node.signed = true
	s.pending[node.ID] = node
}

func (s *Server) signAll() {
	for _, node := range s.pending {
		s.sign(node)
	}
}

func main() {
	s := &Server{pending: map[string]*Node{}}
	for _, id := range []string{"a", "b"} {
		s.sign(&Node{ID: id})
	}
	s.signAll()
	fmt.Println(len(s.pending))
}
