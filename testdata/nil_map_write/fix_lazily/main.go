// A field that nobody makes is made before the write, if the object is the one that others see.
package main

import "fmt"

type registry struct {
	names map[string]int
}

func (r *registry) add(name string) {
	r.names[name]++
}

func main() {
	r := &registry{}
	r.add("a")
	r.add("a")
	fmt.Println(r.names["a"])
}
