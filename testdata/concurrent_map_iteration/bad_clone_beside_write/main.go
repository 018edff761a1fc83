// fails: race

package main

import (
	"maps"
	"strconv"
	"sync"
)

// The race detector does not instrument maps.Clone: this race gives no report.
type Conf struct{ m map[string]string }

func (c *Conf) Snapshot() map[string]string {
	return maps.Clone(c.m) // want "GM10[23]"
}

func (c *Conf) Set(k string) {
	c.m[k] = "x" // may "GM10[123]"
}

func main() {
	c := &Conf{m: map[string]string{}}
	for i := 0; i < 1000; i++ {
		c.m[strconv.Itoa(i)] = "y"
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 300000; i++ {
			c.Set(strconv.Itoa(i % 1000))
		}
	})
	for i := 0; i < 2000; i++ {
		c.Snapshot()
	}
	wg.Wait()
}
