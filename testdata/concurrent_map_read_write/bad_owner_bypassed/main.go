// fails: race

package main

import (
	"strconv"
	"sync"
)

type req struct {
	key  string
	resp chan int
}

type Actor struct {
	in    chan req
	state map[string]int
}

func (a *Actor) loop() {
	for r := range a.in {
		a.state[r.key]++ // may "GM102.*state"
		r.resp <- a.state[r.key]
	}
}

// Bypasses the owner goroutine.
func (a *Actor) Peek(k string) int {
	return a.state[k] // want "GM102.*state"
}

func main() {
	a := &Actor{in: make(chan req), state: map[string]int{}}
	go a.loop()
	var wg sync.WaitGroup
	wg.Go(func() {
		resp := make(chan int)
		for i := 0; i < 20000; i++ {
			a.in <- req{strconv.Itoa(i % 50), resp}
			<-resp
		}
	})
	for i := 0; i < 200000; i++ {
		a.Peek("1")
	}
	wg.Wait()
}
