// fails: race
// The stream leads back to the client, whose lock is gone.
package main

import (
	"strconv"
	"sync"
)

type client struct {
	mu      sync.Mutex
	streams map[string]*stream
}

type stream struct {
	client *client
	name   string
}

func (c *client) Open(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.streams[name] = &stream{c, name}
}

func (c *client) Close(name string) {
	c.mu.Lock()
	s, ok := c.streams[name]
	if !ok {
		c.mu.Unlock()
		return
	}
	c.mu.Unlock()
	delete(s.client.streams, s.name) // want "GM10[148].*streams"
}

func main() {
	c := &client{streams: map[string]*stream{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 1000 {
				c.Open(strconv.Itoa(i))
				c.Close(strconv.Itoa(i))
			}
		}()
	}
	wg.Wait()
}
