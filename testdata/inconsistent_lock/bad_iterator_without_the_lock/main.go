// fails: race

package main

import (
	"fmt"
	"iter"
	"sync"
)

type cache struct {
	mu     sync.Mutex
	local  map[int]string
	remote map[int]string
}

func (c *cache) store(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.local[n] = "local"
	c.remote[n] = "remote"
}

func (c *cache) drop(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.local, n)
	delete(c.remote, n)
}

func (c *cache) get(n int) (string, string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.local[n], c.remote[n]
}

func (c *cache) all() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for n, one := range c.local { // want "GM104.*cache.local"
			if !yield(n, one) {
				return
			}
		}
		for n, one := range c.remote { // want "GM104.*cache.remote"
			if !yield(n, one) {
				return
			}
		}
	}
}

func (c *cache) count() int {
	count := 0
	for range c.all() {
		count++
	}
	return count
}

func main() {
	c := &cache{local: map[int]string{}, remote: map[int]string{}}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for n := range 1000 {
				c.store(g*1000 + n)
				c.count()
				c.drop(g*1000 + n)
			}
		})
	}
	wg.Wait()
	fmt.Println(c.get(1))
}
