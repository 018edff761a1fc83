// fails: race

package main

import (
	"strconv"
	"sync"
)

type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

// add takes the lock for one key only, which says nothing of who else has it.
func (t *tally) add(key string) {
	if key == "0" {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	t.counts[key]++ // want "GM10[14].*counts"
}

func (t *tally) drop(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.counts, key)
}

func main() {
	t := &tally{counts: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 5000 {
			t.add(strconv.Itoa(i % 50))
		}
	})
	wg.Go(func() {
		for i := range 5000 {
			t.drop(strconv.Itoa(i % 50))
		}
	})
	wg.Wait()
}
