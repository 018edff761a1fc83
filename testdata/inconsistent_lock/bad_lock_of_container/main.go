// fails: race

package main

import (
	"strconv"
	"sync"
)

type child struct{ attrs map[string]int }

func (c *child) set(k string, v int) { c.attrs[k] = v } // want "GM10[14].*attrs"

type Tree struct {
	mu   sync.Mutex
	kids map[int]*child
}

func (t *Tree) Set(id int, k string, v int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kids[id].set(k, v)
}

func (t *Tree) Touch(id int) {
	t.mu.Lock()
	c := t.kids[id]
	t.mu.Unlock()
	c.set("touched", 1)
}

func main() {
	t := &Tree{kids: map[int]*child{1: {map[string]int{}}}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				t.Set(1, strconv.Itoa(i%20), i)
				t.Touch(1)
			}
		})
	}
	wg.Wait()
}
