// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/guarded_map_escapes/bad_filled_once_changed_by_others/catalog"
)

func main() {
	c := &catalog.Catalog{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 1000 {
				names := c.All()
				delete(names, strconv.Itoa(i))
			}
		})
	}
	wg.Wait()
}
