// fails: panic assignment to entry in nil map

package main

import (
	"fmt"
	"strings"
)

type tree map[string]any

func (t tree) folder(path string) tree {
	parts := strings.Fields(path)
	if len(parts) == 0 {
		return nil // there is nothing but space
	}
	for _, part := range parts {
		inner := tree{}
		t[part] = inner
		t = inner
	}
	return t
}

func main() {
	t := tree{}
	found := t.folder(" ")
	found["file"] = 1 // want "GM401.*found"
	fmt.Println(t)
}
