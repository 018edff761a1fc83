package main

import (
	"fmt"
	"sync"
)

type Counter struct{ counts map[int]int }

func newCounter() *Counter { return &Counter{counts: map[int]int{}} }

func (c *Counter) add(n int) {
	for i := range n {
		c.counts[i]++
	}
}

func work(c *Counter, wg *sync.WaitGroup) {
	defer wg.Done()
	c.add(100)
}

func main() {
	first, second := newCounter(), newCounter()
	third := &Counter{counts: map[int]int{}}
	var wg sync.WaitGroup
	wg.Add(2)
	go work(first, &wg)
	go func() {
		second.counts[0] = 1
		work(second, &wg)
	}()
	wg.Go(func() {
		third.add(100)
		fmt.Println(len(third.counts))
	})
	for range 3 {
		own := newCounter()
		wg.Add(1)
		go work(own, &wg)
	}
	for range 3 {
		own := newCounter()
		wg.Go(func() { own.add(100) })
	}
	wg.Wait()
	fmt.Println(len(first.counts), len(second.counts))
}
