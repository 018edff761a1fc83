// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

type node struct{ sent, received int }

type Cluster struct{ nodes sync.Map }

// The struct is copied out, changed and put back: the other field goes back to what it was.
func (c *Cluster) Sent(name string) {
	nodes := &c.nodes
	if v, ok := nodes.Load(name); ok {
		n := v.(node)
		n.sent++
		nodes.Store(name, n) // want "GM302.*nodes"
	}
}

func (c *Cluster) Received(name string) {
	if v, ok := c.nodes.Load(name); ok {
		n := v.(node)
		n.received++
		c.nodes.Store(name, n) // want "GM302.*nodes"
	}
}

func main() {
	c := &Cluster{}
	c.nodes.Store("a", node{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 50000; i++ {
			c.Sent("a")
		}
	})
	wg.Go(func() {
		for i := 0; i < 50000; i++ {
			c.Received("a")
		}
	})
	wg.Wait()
	if v, _ := c.nodes.Load("a"); v != (node{50000, 50000}) {
		fmt.Println("50000 of each, kept", v)
		os.Exit(1)
	}
}
