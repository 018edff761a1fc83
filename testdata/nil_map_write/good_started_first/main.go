package main

import "fmt"

type Index struct {
	names map[string]int
}

// Start comes before all else.
func (x *Index) Start() {
	if x.names == nil {
		x.names = make(map[string]int)
	}
	x.add("start")
}

func (x *Index) Add(name string) { x.add(name) }

func (x *Index) add(name string) { x.names[name]++ }

func main() {
	x := &Index{}
	x.Start()
	x.Add("a")
	fmt.Println(len(x.names))
}
