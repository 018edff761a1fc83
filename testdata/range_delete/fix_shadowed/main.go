// The names that the rewrites need mean something else here.
package main

import "fmt"

func clear(m map[string]int) { fmt.Println("not the builtin", len(m)) }

func filter(maps map[string]int) {
	for k, v := range maps {
		if v > 1 {
			delete(maps, k)
		}
	}
}

func main() {
	m := map[string]int{"a": 1, "b": 2}
	filter(m)
	for k := range m {
		delete(m, k)
	}
	fmt.Println(len(m))
	clear(m)
}
