// fails: race

package main

import (
	"maps"
	"slices"
	"sync"
)

type Topics struct{ subscribers map[string]int }

func (t *Topics) Names() []string {
	return slices.Sorted(maps.Keys(t.subscribers)) // want "GM103.*subscribers"
}

func (t *Topics) Subscribe(topic string) {
	t.subscribers[topic]++ // may "GM10[13].*subscribers"
}

func main() {
	t := &Topics{subscribers: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 20000; i++ {
			t.Subscribe(string(rune('a' + i%200)))
		}
	})
	wg.Go(func() {
		for i := 0; i < 300; i++ {
			t.Names()
		}
	})
	wg.Wait()
}
