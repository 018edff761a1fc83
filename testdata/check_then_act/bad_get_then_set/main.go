// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

type Counters struct {
	mu sync.Mutex
	n  map[string]int
}

func (c *Counters) Get(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n[name]
}

func (c *Counters) Set(name string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n[name] = n
}

func (c *Counters) Hit(name string) {
	n := c.Get(name)
	runtime.Gosched()
	c.Set(name, n+1) // want "GM107.*Counters.n.*lost"
}

func main() {
	c := &Counters{n: map[string]int{}}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10000 {
				c.Hit("x")
			}
		})
	}
	wg.Wait()
	if c.Get("x") != 80000 {
		fmt.Println("lost updates:", 80000-c.Get("x"))
		os.Exit(1)
	}
}
