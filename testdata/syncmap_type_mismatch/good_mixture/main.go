package main

import "sync"

type id string

var things sync.Map

// Both kinds of keys are stored, and both kinds of values.
func fill() {
	things.Store("name", 1)
	things.Store(id("name"), "one")
}

func number() int {
	v, _ := things.Load("name")
	n, _ := v.(int)
	return n
}

func text() string {
	v, _ := things.Load(id("name"))
	s, _ := v.(string)
	return s
}

func main() {
	fill()
	if number() != 1 || text() != "one" {
		panic("lost")
	}
}
