// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

// What a walk has not found should be tried in the next round, but goes into the map of this one.
func round(missing map[int]bool) int {
	n := 0
	todo := missing
	for k := range todo {
		n++
		walk(k, func(lost int) { missing[lost] = true }) // want "GM202.*todo"
	}
	return n
}

func walk(k int, lost func(int)) {
	if k < 1000 {
		lost(k + 1000)
	}
}

func main() {
	for range 100 {
		missing := map[int]bool{}
		for k := range 20 {
			missing[k] = true
		}
		if n := round(missing); n != 20 {
			fmt.Println("walked in one round:", n)
			os.Exit(1)
		}
	}
}
