// fails: race

package main

import (
	"sync"
)

type Track struct {
	mu   sync.Mutex
	open map[int]bool
}

func (t *Track) Do(id int, f func()) {
	defer func() {
		delete(t.open, id) // want "GM10[14].*open"
	}()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.open[id] = true
	f()
}

func main() {
	t := &Track{open: map[int]bool{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				t.Do(i%50, func() {})
			}
		})
	}
	wg.Wait()
}
