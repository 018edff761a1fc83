package main

import (
	"net/http"
	"strconv"
	"sync"
)

type Client struct{ common http.Header }

func (c *Client) request(id int) (*http.Request, error) {
	request, err := http.NewRequest("GET", "http://localhost/", nil)
	if err != nil {
		return nil, err
	}
	request.Header = c.common
	request.Header = c.common.Clone() // the map of this request, in place of the client's
	request.Header.Set("X-Request-Id", strconv.Itoa(id))
	return request, nil
}

func main() {
	c := &Client{common: http.Header{"User-Agent": {"x"}}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				c.request(i)
			}
		})
	}
	wg.Wait()
}
