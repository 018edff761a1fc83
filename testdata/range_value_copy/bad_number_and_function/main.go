// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Peer struct{ score int }

func reset(p *Peer) { *p = Peer{} }

func double(counts map[string]int) {
	for _, n := range counts {
		n *= 2 // want "GM203.*counts"
	}
}

func clean(peers map[string]Peer) {
	for _, p := range peers {
		reset(&p) // want "GM203.*peers"
	}
}

func main() {
	counts := map[string]int{"a": 1}
	double(counts)
	peers := map[string]Peer{"a": {score: 10}}
	clean(peers)
	if counts["a"] != 2 || peers["a"].score != 0 {
		fmt.Println("lost:", counts, peers)
		os.Exit(1)
	}
}
