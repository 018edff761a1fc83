// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Peer struct {
	Score int
}

type Table struct{ peers map[string]Peer }

func (t *Table) Reward(name string) {
	p := t.peers[name]
	p.Score++ // want "GM406.*peers"
}

func main() {
	t := &Table{peers: map[string]Peer{"a": {}}}
	t.Reward("a")
	if t.peers["a"].Score != 1 {
		fmt.Println("the reward is lost, score:", t.peers["a"].Score)
		os.Exit(1)
	}
}
