// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

// Not a data race (the iterator advances under the lock), but the visited set is unspecified.
type Hub struct {
	mu sync.Mutex
	cs map[int]int
}

func (h *Hub) Each(f func(int)) {
	h.mu.Lock()
	for id := range h.cs { // want-related "GM206"
		h.mu.Unlock() // may "GM206"
		f(id)
		h.mu.Lock()
	}
	h.mu.Unlock()
}

func (h *Hub) Add(id int) {
	h.mu.Lock()
	h.cs[id]++
	h.mu.Unlock()
}

func main() {
	h := &Hub{cs: map[int]int{}}
	for i := 0; i < 50; i++ {
		h.cs[i] = 1
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 3000; i++ {
			h.Add(i)
		}
	})
	n := map[int]int{}
	for r := 0; r < 20; r++ {
		clear(n)
		before := 50
		h.Each(func(id int) { n[id]++; runtime.Gosched() })
		if len(n) > before && r == 0 {
			fmt.Println("one pass over 50 entries visited", len(n), "entries")
			os.Exit(1)
		}
	}
	wg.Wait()
}
