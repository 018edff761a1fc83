// fails: race

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
	c.hub.clients[c] = true // want "GM101"
	c.leave()
}

func (c *client) leave() {
	delete(c.hub.clients, c) // may "GM101"
}

func main() {
	h := &hub{clients: make(map[*client]bool)}
	var done sync.WaitGroup
	for range 100 {
		c := newClient(h, "x")
		done.Add(1)
		go c.run(&done)
	}
	done.Wait()
}
