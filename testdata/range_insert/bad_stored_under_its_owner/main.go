// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"strconv"
)

type peer struct{ id, owner string }

type state struct{ peers map[string]peer }

func (s *state) add(p peer) { s.peers[p.id] = p }

// Each peer is to have a twin under another name.
func (s *state) double(suffix string) {
	for i := range s.peers {
		p := s.peers[i]
		name := p.id + suffix
		if p.owner != name {
			s.peers[name] = peer{id: name, owner: p.id} // want "GM202.*s.peers"
		}
	}
}

func main() {
	for range 100 {
		s := state{map[string]peer{}}
		for n := range 20 {
			s.add(peer{id: strconv.Itoa(n)})
		}
		s.double("'")
		if len(s.peers) != 40 {
			fmt.Println("peers:", len(s.peers))
			os.Exit(1)
		}
	}
}
