// fails: race

package main

import (
	"fmt"
	"sync"
)

type Counter struct{ counts map[int]int }

func (c *Counter) add(n int) {
	for i := range n {
		c.counts[i]++ // want "GM101"
	}
}

func main() {
	shared := map[int]int{}
	first := &Counter{counts: shared}
	second := &Counter{counts: shared}
	var wg sync.WaitGroup
	wg.Go(func() { first.add(20000) })
	wg.Go(func() { second.add(20000) })
	wg.Wait()
	fmt.Println(len(shared))
}
