package main

import (
	"sync"
	"sync/atomic"
)

type cache struct{ entries sync.Map }

type swapped struct{ current atomic.Pointer[sync.Map] }

func newCache() *cache {
	c := &cache{}
	c.entries = sync.Map{}
	return c
}

func (s *swapped) reset() { s.current.Store(&sync.Map{}) }

func main() {
	c, s := newCache(), &swapped{}
	s.reset()
	var wg sync.WaitGroup
	for g := 0; g < 3; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				c.entries.Store(i, i)
				s.current.Load().Store(i, i)
				s.reset()
			}
		})
	}
	wg.Wait()
}
