// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/concurrent_map_write/bad_helper_of_another_package/sets"
)

type crawler struct{ seen map[string]bool }

func (c *crawler) visit(n int) {
	sets.Register(strconv.Itoa(n))    // want "GM101.*known is written in sets.Register"
	sets.Add(c.seen, strconv.Itoa(n)) // want "GM101.*crawler.seen is written in sets.Add"
}

func main() {
	c := &crawler{seen: map[string]bool{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range 5000 {
				c.visit(n)
			}
		}()
	}
	wg.Wait()
}
