package main

import (
	"fmt"
	"sync"
)

type times struct{ byName sync.Map }

func newTimes() *times { return &times{} }

type rounds struct{ all [3]times }

func (r *rounds) reset() {
	for i := range r.all {
		r.all[i] = *newTimes() // nobody else has what is copied
	}
}

func main() {
	r := &rounds{}
	r.reset()
	r.all[1].byName.Store("a", 1)
	fmt.Println(r.all[1].byName.Load("a"))
}
