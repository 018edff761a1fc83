// fails: race

package main

import "sync"

type Names struct {
	mu  sync.RWMutex
	ids map[string]int
}

func (n *Names) ID(name string) int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.idFor(name) // may "GM105.*ids"
}

// idFor gives a new name the next number.
func (n *Names) idFor(name string) int {
	id, ok := n.ids[name]
	if !ok {
		id = len(n.ids)
		n.ids[name] = id // want-related "GM105.*ids"
	}
	return id
}

func main() {
	n := &Names{ids: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				n.ID(string(rune('a' + i)))
			}
		})
	}
	wg.Wait()
}
