// fails: race

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
	request.Header = c.common                            // the client's own map from here on
	request.Header.Set("X-Request-Id", strconv.Itoa(id)) // want "GM101"
	return request, nil
}

func main() {
	c := &Client{common: http.Header{"User-Agent": {"x"}}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				c.request(i)
			}
		})
	}
	wg.Wait()
}
