// ok
// The lock would be taken again without a key, which is given.
package main

import "sync"

type key struct{ secret string }

type client struct {
	mu    sync.Mutex
	key   *key
	known map[string]string
}

func (c *client) account() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if id := c.known["id"]; id != "" {
		return id
	}
	c.known["id"] = c.post(c.key)
	return c.known["id"]
}

// post signs with the account, unless it is given a key.
func (c *client) post(k *key) string {
	if k == nil {
		return c.account()
	}
	return "signed by " + k.secret
}

func main() {
	c := &client{key: &key{"s"}, known: map[string]string{}}
	println(c.account())
}
