// fails: race

package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/bad_set_before_use/db"
)

func main() {
	d := db.New()
	d.SetPlugins(map[string]int{"a": 1})
	var clients sync.WaitGroup
	for range 50 {
		clients.Go(func() {
			d.SetPlugin("a", 1)
			d.Remove("b")
		})
	}
	clients.Wait()
}
