// fails: race

package main

import (
	"net/http"
	"strconv"
	"sync"
)

type Config struct {
	Address string
	Headers http.Header
}

type Client struct{ config Config }

type request struct {
	url    string
	header http.Header
}

// A request has headers of its own, unless the client has some for all requests.
func (c *Client) newRequest(path string) *request {
	r := &request{url: c.config.Address + path, header: make(http.Header)}
	if c.config.Headers != nil {
		r.header = c.config.Headers
	}
	return r
}

func (r *request) sign(id int) {
	r.header.Set("X-Id", strconv.Itoa(id)) // want "GM109.*r.header.*c.config.Headers"
}

func main() {
	c := &Client{config: Config{Address: "http://a", Headers: http.Header{"User-Agent": {"x"}}}}
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
