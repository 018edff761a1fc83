package main

import (
	"maps"
	"strconv"
	"sync"
)

type Options struct {
	Name     string
	Metadata map[string]string
	Defaults map[string]string
}

type Node struct {
	ID       string
	Metadata map[string]string
	Zones    map[string]string
}

type Server struct{ opts Options }

func (s *Server) register(id int) *Node {
	config := s.opts
	node := &Node{ID: config.Name + strconv.Itoa(id), Metadata: maps.Clone(config.Metadata), Zones: config.Defaults}
	node.Metadata["id"] = node.ID // its own
	if node.Zones["a"] == "" {    // only read
		node.Zones = map[string]string{}
		node.Zones["a"] = "b"
	}
	return node
}

// Who completes a configuration writes it under its own name, before anybody has it.
func complete(opts *Options) {
	if opts.Metadata == nil {
		opts.Metadata = map[string]string{}
	}
	opts.Metadata["zone"] = "a"
}

func main() {
	opts := Options{Name: "n"}
	complete(&opts)
	s := &Server{opts: opts}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				_ = s.register(i)
			}
		})
	}
	wg.Wait()
}
