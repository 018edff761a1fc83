// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Peer struct {
	Addr  string
	Score int
}

type Table struct{ peers map[string]Peer }

func (t *Table) decay() {
	for _, p := range t.peers {
		p.Score-- // want "GM203.*peers"
	}
}

func main() {
	t := &Table{peers: map[string]Peer{"a": {"1", 10}}}
	t.decay()
	if t.peers["a"].Score == 10 {
		fmt.Println("score unchanged:", t.peers["a"].Score)
		os.Exit(1)
	}
}
