package main

type rule struct{ id, service string }

type rules struct{ byID map[string]*rule }

func (r *rules) get(id string) *rule { return r.byID[id] }

type watch struct{ id string }

type client struct{ watches []watch }

func (c *client) all() []watch { return append([]watch(nil), c.watches...) }

type cache struct {
	known   rules
	waiting map[string]bool
	clients map[string]*client
}

// The rule is asked for by the current key, and knows it.
func (c *cache) fix() (fixed int) {
	for id := range c.waiting {
		one := c.known.get(id)
		if one == nil {
			delete(c.waiting, id)
			continue
		}
		if one.service != "" {
			delete(c.waiting, one.id)
			fixed++
		}
	}
	return fixed
}

func (c *cache) remove(w watch) {
	id := w.id
	if one, ok := c.clients[id]; ok {
		one.watches = nil
	}
	delete(c.clients, id)
}

// All watches of a client are under the client's own key.
func (c *cache) removeIdle(idle func(string) bool) {
	for id := range c.clients {
		one := c.clients[id]
		if idle(id) {
			for _, w := range one.all() {
				c.remove(w)
			}
		}
	}
}

func main() {
	c := &cache{rules{map[string]*rule{"a": {"a", "x"}, "b": {"b", ""}}}, map[string]bool{"a": true, "b": true, "c": true}, nil}
	c.clients = map[string]*client{"p": {[]watch{{"p"}, {"p"}}}, "q": {[]watch{{"q"}}}}
	c.removeIdle(func(id string) bool { return id == "p" })
	if c.fix() != 1 || len(c.waiting) != 1 || len(c.clients) != 1 {
		panic("not what was meant")
	}
}
