package main

import (
	"fmt"
	"strings"
)

type tree map[string]any

func (t tree) folder(path string) tree {
	parts := strings.Split(path, "/")
	if len(parts) == 0 {
		return nil // never: even "" gives one part
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
	found := t.folder("")
	found["file"] = 1
	fmt.Println(t)
}
