// fails: race

package main

import (
	"fmt"
	"sync"
)

type Counter struct{ m map[int]int }

// recover does not help: the runtime calls fatal, not panic.
func (c *Counter) safeInc(k int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("recovered:", r)
		}
	}()
	c.m[k]++ // want "GM101"
}

func main() {
	c := &Counter{m: map[int]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 8; g++ {
		wg.Go(func() {
			for i := 0; i < 100000; i++ {
				c.safeInc(i % 1000)
			}
		})
	}
	wg.Wait()
}
