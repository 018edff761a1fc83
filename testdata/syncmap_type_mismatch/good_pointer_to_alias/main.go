package main

import (
	"fmt"
	"sync"
)

type circle struct{ radius int }

// Shape is the same type.
type Shape = circle

var shapes, names sync.Map

func put(c *circle, words []interface{}) {
	shapes.Store("a", c)
	names.Store("a", words)
}

func main() {
	put(&circle{radius: 2}, nil)
	if v, ok := shapes.Load("a"); ok {
		fmt.Println(v.(*Shape).radius)
	}
	if v, ok := names.Load("a"); ok {
		fmt.Println(len(v.([]any)))
	}
}
