package main

import (
	"fmt"
	"os"
)

// What a walk has not found is tried again in the next round, which begins with a map of its own.
func rounds(missing map[int]bool) int {
	n := 0
	for len(missing) > 0 {
		n++
		todo := missing
		missing = map[int]bool{}
		for k := range todo {
			walk(k, func(lost int) { missing[lost] = true })
		}
	}
	return n
}

func walk(k int, lost func(int)) {
	if k > 0 {
		lost(k / 2)
	}
}

func main() {
	for range 100 {
		if n := rounds(map[int]bool{8: true, 9: true, 40: true}); n != 7 {
			fmt.Println("rounds:", n)
			os.Exit(1)
		}
	}
}
