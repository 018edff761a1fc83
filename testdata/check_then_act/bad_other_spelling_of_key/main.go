// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

type cluster struct{ name string }

type state struct {
	mu    sync.Mutex
	nodes map[string]int
}

type Clusters struct {
	mu     sync.RWMutex
	states map[string]*state
}

func find(name string) (cluster, error) {
	runtime.Gosched() // as a request would
	return cluster{name}, nil
}

func (c *Clusters) Get(name string) (*state, error) {
	c.mu.RLock()
	s, ok := c.states[name]
	c.mu.RUnlock()
	if !ok {
		found, err := find(name)
		if err != nil {
			return nil, err
		}
		s = &state{nodes: map[string]int{}}
		c.mu.Lock()
		c.states[found.name] = s // want "GM107.*Clusters.states"
		c.mu.Unlock()
	}
	return s, nil
}

func main() {
	for range 2000 {
		c := &Clusters{states: map[string]*state{}}
		got := make([]*state, 8)
		var wg sync.WaitGroup
		for i := range got {
			wg.Go(func() { got[i], _ = c.Get("a") })
		}
		wg.Wait()
		for _, one := range got {
			if one != got[0] {
				fmt.Println("two states of one cluster")
				os.Exit(1)
			}
		}
	}
}
