// fails: race

package main

import (
	"sync"

	"example.com/testdata/concurrent_map_iteration/bad_goroutine_for_the_same_node/tree"
)

func main() {
	root := &tree.Node{Name: "root"}
	for _, name := range []string{"a", "b", "c"} {
		root.Add(name).Add(name + name)
	}
	var saved sync.Map
	root.Save(&saved)
}
