// fails: race

package main

import (
	"sync"

	"example.com/testdata/concurrent_map_read_write/bad_given_to_a_main_loop/actor"
)

type names struct {
	owner *actor.Actor
	known map[string]int
}

func (n *names) Add(name string) {
	n.owner.Do(func() { n.known[name]++ }) // want-related "GM102"
}

func (n *names) Count(name string) int {
	return n.known[name] // want "GM102"
}

func main() {
	n := &names{owner: actor.New(), known: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(n.owner.Run)
	for range 5000 {
		n.Add("ann")
		n.Count("ann")
	}
	n.owner.Close()
	wg.Wait()
}
