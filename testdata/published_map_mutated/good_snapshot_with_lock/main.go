package main

import (
	"strconv"
	"sync"
	"sync/atomic"
)

// shard has a lock of its own: the atomic only says which shard is the current one.
type shard struct {
	mu sync.Mutex
	m  map[string]int
}

type Table struct{ current atomic.Pointer[shard] }

func NewTable() *Table {
	t := &Table{}
	s := &shard{m: map[string]int{}}
	t.current.Store(s)
	s.m["made"] = 1 // nobody else has the table yet
	return t
}

func (t *Table) Add(key string) {
	s := t.current.Load()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[key]++
}

func main() {
	t := NewTable()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 1000 {
				t.Add(strconv.Itoa(i))
			}
		})
	}
	wg.Wait()
}
