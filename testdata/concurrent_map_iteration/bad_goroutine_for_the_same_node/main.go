// fails: race

package main

import (
	"fmt"
	"sync"

	"example.com/testdata/concurrent_map_iteration/bad_goroutine_for_the_same_node/tree"
)

func main() {
	for range 50 {
		root := &tree.Node{Name: "root"}
		for i := range 200 {
			root.Add(fmt.Sprint(i)).Add("leaf")
		}
		var saved sync.Map
		root.Save(&saved)
	}
}
