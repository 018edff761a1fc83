// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

// Of each pair one partner has to stay, but which one is up to the order of the iteration.
func single(partners map[string]string) {
	for _, partner := range partners {
		delete(partners, partner) // want "GM201.*partners"
	}
}

func main() {
	left := map[string]int{}
	for r := 0; r < 1000; r++ {
		partners := map[string]string{"ann": "bob", "bob": "ann"}
		single(partners)
		left[fmt.Sprint(partners)]++
	}
	if len(left) > 1 {
		fmt.Println("different results for the same pairs:", left)
		os.Exit(1)
	}
}
