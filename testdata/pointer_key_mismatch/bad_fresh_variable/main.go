// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type ID struct{ Name string }

func find(names map[*ID]int, name string) (int, bool) {
	key := &ID{}
	key.Name = name
	n, ok := names[key] // want "GM404.*names"
	return n, ok
}

func main() {
	names := map[*ID]int{{"a"}: 1}
	if _, ok := find(names, "a"); !ok {
		fmt.Println("a is not found")
		os.Exit(1)
	}
}
