package main

import (
	"sync"
	"sync/atomic"
)

type Counters struct{ byName sync.Map }

func (c *Counters) Get(name string) *atomic.Int64 {
	counter, _ := c.byName.LoadOrStore(name, new(atomic.Int64))
	return counter.(*atomic.Int64)
}

func main() {
	c := &Counters{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				c.Get("a").Add(1)
			}
		})
	}
	wg.Wait()
	if n := c.Get("a").Load(); n != 4000 {
		panic(n)
	}
}
