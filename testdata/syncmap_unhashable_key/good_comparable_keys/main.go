package main

import (
	"context"
	"sync"
)

type query struct {
	table string
	args  [2]int
}

type node struct{ children []*node }

// All of these can be hashed: arrays and structs of such, pointers to anything, channels, interfaces that hold such.
func main() {
	var m sync.Map
	n := &node{}
	done := make(chan struct{})
	m.Store(query{"t", [2]int{1, 2}}, 1)
	m.Store(n, 2)
	m.Store(done, 3)
	m.Store(string([]byte("bytes")), 4)
	m.Store(context.Background(), 5)
	if v, ok := m.Load(n); !ok || v != 2 {
		panic("lost")
	}
	m.Delete(query{"t", [2]int{1, 2}})
}
