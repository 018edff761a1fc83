package main

import (
	"fmt"
	"os"
)

type peer struct{ id, endpoint string }

type state struct{ peers map[string]peer }

func (s *state) add(p peer) { s.peers[p.id] = p }

// A peer whose id is the one that was asked for is stored under that id, which is the visited one.
func (s *state) edit(id, endpoint string) {
	for i := range s.peers {
		p := s.peers[i]
		if p.id == id {
			p.endpoint = endpoint
			s.peers[id] = p
		}
	}
}

func main() {
	s := state{map[string]peer{}}
	for _, id := range []string{"a", "b", "c"} {
		s.add(peer{id: id})
	}
	s.edit("b", "here")
	if len(s.peers) != 3 || s.peers["b"].endpoint != "here" {
		fmt.Println(s.peers)
		os.Exit(1)
	}
}
