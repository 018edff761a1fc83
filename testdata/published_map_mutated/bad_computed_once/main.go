// fails: race
package main

import "sync"

var defaults = sync.OnceValue(func() map[string]int {
	return map[string]int{"retries": 3}
})

func with(key string, value int) map[string]int {
	options := defaults()
	options[key] = value // want "GM109.*options"
	return options
}

func main() {
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Go(func() {
			for range 100 {
				with("timeout", i)
			}
		})
	}
	wg.Wait()
}
