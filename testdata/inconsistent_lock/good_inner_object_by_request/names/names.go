// Package names resolves names on a goroutine of its own, and tells what it knows.
package names

import (
	"strconv"
	"sync"
)

type resolver struct {
	mu    sync.Mutex
	known map[string]int
}

func (r *resolver) learn() {
	for i := range 50_000 {
		r.mu.Lock()
		r.known[strconv.Itoa(i%100)] = i
		r.mu.Unlock()
	}
}

func (r *resolver) forget(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.known, name)
}

type Controller struct {
	resolver *resolver
	done     chan struct{}
}

func New() *Controller {
	return &Controller{resolver: &resolver{known: map[string]int{}}, done: make(chan struct{})}
}

// Run is started once, on a goroutine.
func (c *Controller) Run() {
	go func() {
		c.resolver.learn()
		c.resolver.forget("1")
		close(c.done)
	}()
}

func (c *Controller) Wait() {
	<-c.done
}

// Known tells how many names are known by now.
func (c *Controller) Known() int {
	c.resolver.mu.Lock()
	defer c.resolver.mu.Unlock()
	n := 0
	for range c.resolver.known {
		n++
	}
	return n
}
