// misbehaves: exit 1
package main

import (
	"fmt"
	"os"
)

type registry struct {
	partner map[int]int
	calls   int
}

func (r *registry) drop(id int) {
	defer delete(r.partner, r.partner[id])
	r.calls++
}

func (r *registry) pair() {
	for id := range r.partner {
		r.drop(id) // want "GM201 .*other"
	}
}

func main() {
	seen := map[int]bool{}
	for run := 0; run < 1000; run++ {
		r := &registry{partner: map[int]int{}}
		for i := 0; i < 30; i++ {
			r.partner[i] = (i*7 + 3) % 30
		}
		r.pair()
		seen[r.calls] = true
	}
	if len(seen) > 1 {
		fmt.Println("calls of drop:", seen)
		os.Exit(1)
	}
}
