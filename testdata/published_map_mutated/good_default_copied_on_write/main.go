package main

import (
	"maps"
	"sync"
)

var defaultHeaders = map[string]string{"accept": "*/*"}

type Client struct {
	headers map[string]string
	own     bool
}

func NewClient() *Client { return &Client{headers: defaultHeaders} }

func (c *Client) Set(key, value string) {
	if !c.own {
		c.headers, c.own = maps.Clone(c.headers), true
	}
	c.headers[key] = value
}

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			c := NewClient()
			for range 1000 {
				c.Set("user-agent", "x")
			}
		})
	}
	wg.Wait()
	if len(defaultHeaders) != 1 {
		panic("leaked")
	}
}
