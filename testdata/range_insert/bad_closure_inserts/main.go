// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"strconv"
)

func aliases(names map[string]int) {
	add := func(name string, n int) {
		names[name] = n // may "GM202"
	}
	for name, n := range names {
		add(name+"'", n) // want "GM202.*names"
	}
}

func main() {
	sizes := map[int]int{}
	for r := 0; r < 500; r++ {
		names := map[string]int{}
		for i := 0; i < 20; i++ {
			names[strconv.Itoa(i)] = i
		}
		aliases(names)
		sizes[len(names)]++
	}
	if len(sizes) > 1 {
		fmt.Println("sizes, by how often:", sizes)
		os.Exit(1)
	}
}
