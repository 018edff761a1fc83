// fails: race

package main

import (
	"maps"
	"strconv"
	"sync"
	"sync/atomic"
)

type Topics struct{ known atomic.Value } // holds map[string]int

func (t *Topics) Has(name string) bool {
	_, ok := t.known.Load().(map[string]int)[name]
	return ok
}

func (t *Topics) Add(names []string, cloned bool) {
	current := t.known.Load().(map[string]int)
	for _, name := range names {
		if _, ok := current[name]; !ok {
			if !cloned {
				current = maps.Clone(current)
				cloned = true
			}
			current[name] = len(name) // want "GM109"
		}
	}
	t.known.Store(current)
}

func main() {
	t := &Topics{}
	t.known.Store(map[string]int{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 1000 {
				t.Add([]string{strconv.Itoa(i % 50), strconv.Itoa(i)}, true)
				t.Has("1")
			}
		})
	}
	wg.Wait()
}
