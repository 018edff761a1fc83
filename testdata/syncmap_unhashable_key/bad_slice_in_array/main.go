// fails: panic hash of unhashable type

package main

import "sync"

type Query struct {
	Table string
	Limit any
}

func main() {
	var m sync.Map
	m.Store(Query{"users", 3}, "a")
	m.Store(Query{"users", []int{1, 2}}, "b") // want "GM305.*Store"
}
