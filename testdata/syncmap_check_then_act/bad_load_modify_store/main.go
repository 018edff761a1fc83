// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

type Counter struct{ m sync.Map }

func (c *Counter) Inc(k string) {
	v, ok := c.m.Load(k)
	if !ok {
		v = 0
	}
	c.m.Store(k, v.(int)+1) // want "GM302"
}

func main() {
	c := &Counter{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				c.Inc("k")
			}
		})
	}
	wg.Wait()
	if v, _ := c.m.Load("k"); v != 80000 {
		fmt.Println("counted", v, "of 80000")
		os.Exit(1)
	}
}
