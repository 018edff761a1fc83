// fails: race

package main

import (
	"strconv"
	"sync"
)

type Options struct {
	Name     string
	Metadata map[string]string
}

type Node struct {
	ID       string
	Metadata map[string]string
}

type Server struct{ opts Options }

// The options are copied, but not the map inside: each registration writes the one that all nodes have.
func (s *Server) register(id int) *Node {
	config := s.opts
	node := &Node{ID: config.Name + strconv.Itoa(id), Metadata: config.Metadata}
	node.Metadata["id"] = node.ID // want "GM109.*node.Metadata.*config.Metadata"
	return node
}

func main() {
	s := &Server{opts: Options{Name: "n", Metadata: map[string]string{"zone": "a"}}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 5000; i++ {
				_ = s.register(i)
			}
		})
	}
	wg.Wait()
}
