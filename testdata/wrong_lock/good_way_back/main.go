// ok
// The stream leads back to the client whose lock is held.
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
	delete(s.client.streams, s.name)
	c.mu.Unlock()
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
