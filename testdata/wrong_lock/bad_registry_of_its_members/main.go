// fails: race

package main

import (
	"strconv"
	"sync"
)

type Client struct {
	mu   sync.Mutex
	name string
}

var clients = map[string]*Client{}

// Each client has a lock, and there is one map of them.
func (c *Client) Register() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clients[c.name] = c // want "GM108.*clients.*c.mu"
}

func (c *Client) Unregister() {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(clients, c.name) // may "GM108"
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				c := &Client{name: strconv.Itoa(i)}
				c.Register()
				c.Unregister()
			}
		})
	}
	wg.Wait()
}
