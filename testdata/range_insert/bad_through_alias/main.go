// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"strconv"
)

func mirror(m map[string]int) {
	all := m
	for name, n := range m {
		all["-"+name] = -n // want "GM202"
	}
}

func main() {
	sizes := map[int]int{}
	for r := 0; r < 500; r++ {
		m := map[string]int{}
		for i := 0; i < 20; i++ {
			m[strconv.Itoa(i)] = i
		}
		mirror(m)
		sizes[len(m)]++
	}
	if len(sizes) > 1 {
		fmt.Println("sizes, by how often:", sizes)
		os.Exit(1)
	}
}
