// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type table struct{ names map[string]int }

func each(files []string, do func(string)) {
	for _, file := range files {
		do(file)
	}
}

func read(files []string) table {
	t := table{names: map[string]int{}}
	each(files, func(file string) { t.names[file] = 1 })
	return t
}

func main() {
	sizes := map[int]bool{}
	for range 200 {
		t := read([]string{"a", "b", "c", "d"})
		for name := range t.names {
			t.names["common."+name] = 1 // want "GM202.*names"
		}
		sizes[len(t.names)] = true
	}
	if len(sizes) > 1 {
		fmt.Println("sizes:", sizes)
		os.Exit(1)
	}
}
