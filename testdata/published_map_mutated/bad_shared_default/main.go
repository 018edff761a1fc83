// fails: race

package main

import (
	"fmt"
	"sync"
)

var defaults = map[string]string{"lang": "en"}

type Session struct{ opts map[string]string }

func NewSession(user string) *Session {
	s := &Session{opts: defaults} // alias of the package map
	s.opts["user"] = user         // want "GM109.*defaults"
	return s
}

func main() {
	a := NewSession("ann")
	b := NewSession("bob")
	if a.opts["user"] != "ann" {
		fmt.Println("session a now belongs to", a.opts["user"], "b:", b.opts["user"])
	}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				NewSession("x")
			}
		})
	}
	wg.Wait()
}
