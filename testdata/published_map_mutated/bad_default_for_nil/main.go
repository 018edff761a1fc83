// fails: race

package main

import "sync"

var defaultHeaders = map[string]string{"accept": "*/*"}

type Client struct{ headers map[string]string }

func NewClient(headers map[string]string) *Client {
	c := &Client{headers: headers}
	if c.headers == nil {
		c.headers = defaultHeaders
	}
	return c
}

func (c *Client) Set(key, value string) {
	c.headers[key] = value // want "GM109.*defaultHeaders"
}

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			c := NewClient(nil) // a client of its own, with everybody's headers
			for range 10000 {
				c.Set("user-agent", "x")
			}
		})
	}
	wg.Wait()
}
