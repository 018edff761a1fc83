package main

import (
	"fmt"
	"sync"
)

type Cluster struct{ pods sync.Map }

func (c *Cluster) Add(name string) { c.pods.Store(name, true) }

func (c *Cluster) Has(name string) bool {
	_, ok := c.pods.Load(name)
	return ok
}

// Reset the state of the cluster for unit testing
func (c *Cluster) Reset() {
	c.pods = sync.Map{}
}

func main() {
	c := &Cluster{}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() { c.Add(fmt.Sprint(i)) })
	}
	wg.Wait()
	fmt.Println(c.Has("1"))
}
