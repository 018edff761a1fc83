// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

type Counts struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *Counts) get(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.m[name]
}

func (c *Counts) set(name string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[name] = n
}

func (c *Counts) add(name string) {
	n := c.get(name)
	runtime.Gosched()
	c.set(name, n+1) // want "GM107"
}

func main() {
	c := &Counts{m: map[string]int{}}
	done := make(chan bool)
	go func() {
		for range 5000 {
			c.add("a")
		}
		done <- true
	}()
	go func() {
		for range 5000 {
			c.add("a")
		}
		done <- true
	}()
	<-done
	<-done
	if c.m["a"] != 10000 {
		fmt.Println("lost updates:", c.m["a"])
		os.Exit(1)
	}
}
