package main

import (
	"net/http"
	"strconv"
	"sync"
)

type Config struct {
	Address string
	Headers http.Header
	Labels  map[string]string
}

type Client struct {
	config Config
	labels map[string]string
}

type request struct {
	url    string
	header http.Header
}

// The configuration hands its map over to the one client that is made of it.
func newClient(config Config) *Client {
	c := &Client{config: config, labels: map[string]string{}}
	if config.Labels != nil {
		c.labels = config.Labels
	}
	return c
}

func (c *Client) label(key, value string) { c.labels[key] = value }

func (c *Client) newRequest(path string) *request {
	r := &request{url: c.config.Address + path, header: make(http.Header)}
	if c.config.Headers != nil {
		r.header = c.config.Headers.Clone()
	}
	return r
}

func (r *request) sign(id int) { r.header.Set("X-Id", strconv.Itoa(id)) }

func main() {
	c := newClient(Config{Address: "http://a", Headers: http.Header{"User-Agent": {"x"}}})
	c.label("a", "b")
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				c.newRequest("/").sign(i)
			}
		})
	}
	wg.Wait()
}
