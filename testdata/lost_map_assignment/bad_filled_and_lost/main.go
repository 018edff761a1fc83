// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Set map[string]bool

func (s Set) Replace(words ...string) {
	s = make(Set) // want "GM408"
	for _, word := range words {
		s[word] = true
	}
}

func main() {
	s := Set{"a": true}
	s.Replace("b")
	if s["a"] || !s["b"] {
		fmt.Println("still the old set:", s)
		os.Exit(1)
	}
}
