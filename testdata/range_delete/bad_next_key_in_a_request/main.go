// misbehaves: exit 1
package main

import (
	"fmt"
	"os"
)

type Request struct{ ID int }

type Bridge struct{ sessions map[int]bool }

func (b *Bridge) release(r *Request) {
	delete(b.sessions, r.ID)
}

// What the callee is given is made of the next key.
func (b *Bridge) Halve() (visited int) {
	for id := range b.sessions {
		visited++
		b.release(&Request{ID: id + 1}) // want "GM201.*other"
	}
	return visited
}

func main() {
	counts := map[int]int{}
	for r := 0; r < 500; r++ {
		b := &Bridge{sessions: map[int]bool{}}
		for i := 0; i < 20; i++ {
			b.sessions[i] = true
		}
		counts[b.Halve()]++
	}
	if len(counts) > 1 {
		fmt.Println("20 sessions, but the loop visited", counts)
		os.Exit(1)
	}
}
