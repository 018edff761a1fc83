// An atomic holds the map, but everybody who loads it has the lock.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type Table struct {
	mu   sync.Mutex
	rows atomic.Pointer[map[string]int]
}

func (t *Table) Add(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	rows := *t.rows.Load()
	rows[name]++
}

func (t *Table) Get(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return (*t.rows.Load())[name]
}

func main() {
	t := &Table{}
	t.rows.Store(&map[string]int{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			t.Add("a")
			_ = t.Get("a")
		}()
	}
	wg.Wait()
	fmt.Println(t.Get("a"))
}
