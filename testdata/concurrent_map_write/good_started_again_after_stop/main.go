// Stop waits for the goroutine before it is started again, unless there is none.
package main

import (
	"sync"
	"sync/atomic"
)

type checker struct {
	wg     sync.WaitGroup
	closed atomic.Bool
	ended  chan struct{}
	seen   map[int]int
}

func (c *checker) Start() {
	c.closed.Store(false)
	c.ended = make(chan struct{})
	c.wg.Add(1)
	go func(ended chan struct{}) {
		defer c.wg.Done()
		c.run(ended)
	}(c.ended)
}

func (c *checker) run(ended chan struct{}) {
	for n := 0; ; n++ {
		select {
		case <-ended:
			return
		default:
			c.seen[n%100]++
		}
	}
}

func (c *checker) Stop() {
	if !c.closed.CompareAndSwap(false, true) {
		return
	}
	close(c.ended)
	c.wg.Wait()
}

var c = &checker{seen: map[int]int{}}

func main() {
	for range 20 {
		c.Start()
		c.Stop()
	}
}
