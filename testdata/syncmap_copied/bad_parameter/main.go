// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

func fill(m sync.Map) { // want "GM301"
	m.Store("a", 1)
}

func main() {
	var m sync.Map
	fill(m) // want "GM301"
	if _, ok := m.Load("a"); !ok {
		fmt.Println("the entry is in the copy only")
		os.Exit(1)
	}
}
