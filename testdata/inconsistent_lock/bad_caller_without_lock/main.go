// fails: race

package main

import (
	"sync"
)

type Table struct {
	mu sync.Mutex
	m  map[int]int
}

// evict expects t.mu to be held.
func (t *Table) evict(k int) {
	delete(t.m, k) // want-related "GM10[14]"
}

func (t *Table) Replace(k int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.evict(k)
	t.m[k+1] = k
}

func (t *Table) Expire(k int) {
	t.evict(k) // may "GM10[14]"
}

func main() {
	t := &Table{m: map[int]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				t.Replace(i % 100)
				t.Expire(i % 100)
			}
		})
	}
	wg.Wait()
}
