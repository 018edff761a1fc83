// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
)

type Counter struct{ n atomic.Int64 }

type Counters struct{ byName sync.Map }

// Who comes second goes on with a counter that nobody will ever find.
func (c *Counters) Get(name string) *Counter {
	counter := &Counter{}
	c.byName.LoadOrStore(name, counter) // want "GM303.*byName"
	return counter
}

func main() {
	c := &Counters{}
	c.Get("a").n.Add(1)
	c.Get("a").n.Add(1)
	v, _ := c.byName.Load("a")
	if n := v.(*Counter).n.Load(); n != 2 {
		fmt.Println("counted 2, found", n)
		os.Exit(1)
	}
}
