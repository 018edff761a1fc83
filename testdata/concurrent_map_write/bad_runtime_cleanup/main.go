// fails: race

package main

import (
	"runtime"
	"time"
)

type Handle struct {
	id  int
	buf [64]byte
}

type Table struct{ live map[int]bool }

func (t *Table) Open(id int) *Handle {
	h := &Handle{id: id}
	t.live[id] = true // may "GM101.*live"
	runtime.AddCleanup(h, func(id int) {
		delete(t.live, id) // want-related "GM101.*live"
	}, id)
	return h
}

func main() {
	t := &Table{live: map[int]bool{}}
	for i := 0; i < 60000; i++ {
		_ = t.Open(i)
		if i%5000 == 0 {
			runtime.GC()
		}
	}
	time.Sleep(10 * time.Millisecond)
}
