package main

import (
	"strconv"
	"sync"
)

type group struct{ members map[string]int }

type Cluster struct {
	mu     sync.RWMutex
	groups map[string]*group
}

func (c *Cluster) group(name string) *group {
	g, ok := c.groups[name]
	if !ok {
		g = &group{members: map[string]int{}}
		c.groups[name] = g
	}
	return g
}

func (c *Cluster) Join(name, who string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.group(name).members[who]++
}

func (c *Cluster) Members(name string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	n := 0
	if g, ok := c.groups[name]; ok {
		for range g.members {
			n++
		}
	}
	return n
}

func main() {
	c := &Cluster{groups: map[string]*group{}}
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Go(func() {
			for k := 0; k < 5000; k++ {
				c.Join("all", strconv.Itoa(k%40))
				_ = c.Members("all")
			}
		})
	}
	wg.Wait()
}
