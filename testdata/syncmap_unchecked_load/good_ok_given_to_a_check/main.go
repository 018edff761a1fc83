// Who is given the ok ends the program where it is false.
package main

import (
	"os"
	"sync"
)

func require(ok bool) {
	if !ok {
		os.Exit(0)
	}
}

func branch(m *sync.Map, key int) []byte {
	value, ok := m.Load(key)
	require(ok)
	return value.([]byte)
}

func main() {
	var m sync.Map
	m.Store(1, []byte("a"))
	branch(&m, 1)
	branch(&m, 2)
}
