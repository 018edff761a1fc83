package main

import "fmt"

type registry struct {
	byName map[string]int
	log    []string
}

// The delete is deferred, and its key is the one that the caller gives.
func (r *registry) drop(name string) {
	if _, ok := r.byName[name]; !ok {
		return
	}
	defer delete(r.byName, name)
	r.log = append(r.log, name)
}

func (r *registry) keep(wanted map[string]bool) {
	for name := range r.byName {
		if !wanted[name] {
			r.drop(name)
		}
	}
}

func main() {
	r := &registry{byName: map[string]int{"a": 1, "b": 2, "c": 3}}
	r.keep(map[string]bool{"b": true})
	if len(r.byName) != 1 || len(r.log) != 2 {
		panic(fmt.Sprint(r.byName, r.log))
	}
}
