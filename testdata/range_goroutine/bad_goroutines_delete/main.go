// fails: race

package main

import (
	"sync"
	"time"
)

type Conns struct {
	mu sync.Mutex
	m  map[int]bool
}

// The goroutines lock, but the range that starts them does not.
func (c *Conns) CloseAll() {
	for id := range c.m { // want "(GM103|GM104|GM204)"
		go func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			delete(c.m, id) // may "GM204"
		}()
	}
}

func main() {
	for r := 0; r < 30; r++ {
		c := &Conns{m: map[int]bool{}}
		for i := 0; i < 3000; i++ {
			c.m[i] = true
		}
		c.CloseAll()
	}
	time.Sleep(20 * time.Millisecond)
}
