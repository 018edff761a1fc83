// todo-silent: all who load the map hold the same lock

package main

import (
	"sync"
	"sync/atomic"
)

type Table struct {
	mu sync.Mutex
	m  atomic.Pointer[map[string]int]
}

func (t *Table) Put(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	(*t.m.Load())[k]++
}

func (t *Table) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(*t.m.Load())
}

func main() {
	t := &Table{}
	t.m.Store(&map[string]int{})
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 500; i++ {
				t.Put("k")
				t.Len()
			}
		})
	}
	wg.Wait()
}
