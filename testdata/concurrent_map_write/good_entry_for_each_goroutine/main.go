// ok
// Each goroutine gets an entry of its own, while the next one takes the reference of another entry.
package main

import "sync"

func fill(server string, keys map[string]int, wg *sync.WaitGroup) {
	defer wg.Done()
	for i := range 100 {
		keys[server] += i
	}
}

func main() {
	byServer := map[string]map[string]int{"a": {}, "b": {}, "c": {}}
	var wg sync.WaitGroup
	for server := range byServer {
		wg.Add(1)
		go fill(server, byServer[server], &wg)
	}
	wg.Wait()
}
