// The tasks of the first loop have stored what the second loop asks for.
package main

import "sync"

func upload(names []string) map[string]int {
	var sizes sync.Map
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { sizes.Store(name, len(name)) })
	}
	wg.Wait()
	found := map[string]int{}
	for _, name := range names {
		size, _ := sizes.Load(name)
		found[name] = size.(int)
	}
	return found
}

func main() {
	upload([]string{"a", "b"})
}
