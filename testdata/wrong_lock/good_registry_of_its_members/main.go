package main

import (
	"strconv"
	"sync"
)

type Client struct {
	mu    sync.Mutex
	name  string
	calls int
}

var (
	clientsMu sync.Mutex
	clients   = map[string]*Client{}
)

func (c *Client) Register() {
	c.mu.Lock()
	c.calls++
	c.mu.Unlock()
	clientsMu.Lock()
	defer clientsMu.Unlock()
	clients[c.name] = c
}

func (c *Client) Unregister() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clientsMu.Lock()
	defer clientsMu.Unlock()
	delete(clients, c.name)
}

// Registry holds names, not registries: there is one of it, with its lock.
type Registry struct{ mu sync.Mutex }

var (
	registry Registry
	names    = map[string]int{}
)

func (r *Registry) Count(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	names[name]++
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				c := &Client{name: strconv.Itoa(i)}
				c.Register()
				registry.Count(c.name)
				c.Unregister()
			}
		})
	}
	wg.Wait()
}
