package main

import (
	"fmt"
	"sync"
)

type held struct{ locks []string }

// What each worker holds, by its id.
//
// Each key may only be written by the worker with the id it refers to.
var holding sync.Map

func of(id int) *held {
	if v, ok := holding.Load(id); ok {
		return v.(*held)
	}
	h := &held{}
	holding.Store(id, h)
	return h
}

func take(id int, lock string) {
	h := of(id)
	h.locks = append(h.locks, lock)
}

func main() {
	var wg sync.WaitGroup
	for id := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			take(id, "a")
			take(id, "b")
		}()
	}
	wg.Wait()
	fmt.Println(len(of(0).locks))
}
