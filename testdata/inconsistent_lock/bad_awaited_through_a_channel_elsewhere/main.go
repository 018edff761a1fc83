// fails: race

package main

import (
	"fmt"
	"sync"

	"example.com/testdata/inconsistent_lock/bad_awaited_through_a_channel_elsewhere/each"
)

func count(nodes []int) int {
	found := map[int]int{}
	var lock sync.Mutex
	err := each.Node(nodes, func(node int) error {
		lock.Lock()
		defer lock.Unlock()
		found[node]++
		return nil
	})
	if err != nil {
		return 0
	}
	sum := 0
	for _, n := range found { // want "GM104.*found"
		sum += n
	}
	return sum
}

func main() {
	nodes := []int{1, 2, 3, 4, 5, 6, 7, 8}
	for range 100 {
		if count(nodes) == 0 {
			fmt.Println("none")
		}
	}
}
