package main

import "sync"

type node struct {
	mu   sync.Mutex
	attr map[string]int
	next *node
}

// Bump walks the list and holds the lock of one node while it takes that of the next.
func Bump(first *node, key string) {
	n := first
	n.mu.Lock()
	for n != nil {
		n.attr[key]++
		next := n.next
		if next != nil {
			next.mu.Lock()
		}
		n.mu.Unlock()
		n = next
	}
}

func main() {
	last := &node{attr: map[string]int{}}
	first := &node{attr: map[string]int{}, next: last}
	Bump(first, "x")
	if last.attr["x"] != 1 {
		panic("wrong")
	}
}
