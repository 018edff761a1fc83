package main

import "sync"

type hub struct {
	clients map[*client]bool
}

type client struct {
	hub  *hub
	name string
}

func newClient(h *hub, name string) *client { return &client{hub: h, name: name} }

func (c *client) run(done *sync.WaitGroup) {
	defer done.Done()
	c.hub.clients[c] = true
	delete(c.hub.clients, c)
}

func main() {
	var done sync.WaitGroup
	for range 100 {
		h := &hub{clients: make(map[*client]bool)} // one for each
		c := newClient(h, "x")
		done.Add(1)
		go c.run(&done)
	}
	done.Wait()
}
