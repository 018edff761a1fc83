// fails: panic interface conversion: interface .* is nil

package main

import (
	"fmt"
	"sync"
)

var names sync.Map

func greet(id int) string {
	v, ok := names.Load(id)
	if !ok {
		fmt.Println("unknown", id)
	}
	return "hello " + v.(string) // want "GM307.*names"
}

func main() {
	names.Store(1, "ann")
	fmt.Println(greet(1))
	fmt.Println(greet(2))
}
