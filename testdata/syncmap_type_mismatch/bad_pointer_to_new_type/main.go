// fails: panic interface conversion

package main

import (
	"fmt"
	"sync"
)

type circle struct{ radius int }

// Shape is another type.
type Shape circle

var shapes sync.Map

func put(c *circle) { shapes.Store("a", c) }

func main() {
	put(&circle{radius: 2})
	if v, ok := shapes.Load("a"); ok {
		fmt.Println(v.(*Shape).radius) // want "GM308.*Shape"
	}
}
