// fails: race

package main

import (
	"fmt"
	"sync"
)

type Crawl struct{ mu sync.Mutex }

// The result expression is evaluated before the deferred Wait.
func (c *Crawl) Run(n int) int {
	seen := map[int]bool{}
	var wg sync.WaitGroup
	defer wg.Wait()
	for i := 0; i < n; i++ {
		wg.Go(func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			seen[i] = true
		})
	}
	return len(seen) // want "GM10[24].*seen"
}

func main() {
	short := 0
	for r := 0; r < 100; r++ {
		if (&Crawl{}).Run(200) != 200 {
			short++
		}
	}
	if short > 0 {
		fmt.Println("incomplete count in", short, "of 100 runs")
	}
}
