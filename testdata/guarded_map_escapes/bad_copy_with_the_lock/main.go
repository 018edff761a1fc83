// fails: race

package main

import "sync"

type Fetcher struct {
	mu    sync.Mutex
	Cache map[int]int
}

func (f *Fetcher) Fetch(n int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.Cache[n]++      // may "GM108"
	return f.Cache[n] // may "GM108"
}

type Client struct{ fetcher Fetcher }

func (c *Client) Fetch(n int) int { return c.fetcher.Fetch(n) }

func (c *Client) Fetcher() Fetcher { return c.fetcher } // want "GM106.*Cache"

func main() {
	c := &Client{Fetcher{Cache: map[int]int{}}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mine := c.Fetcher()
			for n := range 1000 {
				mine.Fetch(n)
				c.Fetch(n)
			}
		}()
	}
	wg.Wait()
}
