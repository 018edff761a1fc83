// fails: race

package main

import (
	"net/http"
	"strconv"
	"sync"
)

type Client struct{ common http.Header }

func (c *Client) call(id int) int {
	h := c.common                           // http.Header is a map: no copy
	h.Set("X-Request-Id", strconv.Itoa(id)) // want "GM101"
	return len(h)                           // may "GM102"
}

func main() {
	c := &Client{common: http.Header{"User-Agent": {"x"}}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				c.call(i)
			}
		})
	}
	wg.Wait()
}
