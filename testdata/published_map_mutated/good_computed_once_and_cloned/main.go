// Each caller changes a copy of the result that all share.
package main

import (
	"maps"
	"sync"
)

var defaults = sync.OnceValue(func() map[string]int {
	computed := map[string]int{}
	computed["retries"] = 3
	return computed
})

func with(key string, value int) map[string]int {
	options := maps.Clone(defaults())
	options[key] = value
	return options
}

func main() {
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Go(func() { with("timeout", i) })
	}
	wg.Wait()
}
