//go:build go1.21

package main

import "sync"

// In a file of Go 1.21, but each goroutine has a variable of its own, or is awaited by its iteration.
func names(set map[string]int) map[string]int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]int{}
	note := func(name string, n int) {
		mu.Lock()
		defer mu.Unlock()
		seen[name] += n
	}
	for name, n := range set {
		name := name
		wg.Add(1)
		go func(n int) {
			defer wg.Done()
			note(name, n)
		}(n)
	}
	wg.Wait()
	for name, n := range set {
		done := make(chan bool)
		go func() {
			note(name, n)
			close(done)
		}()
		<-done
	}
	for name := range set {
		wg.Add(1)
		go func() {
			defer wg.Done()
			note(name, 100)
		}()
		break
	}
	wg.Wait()
	return seen
}

func main() {
	seen := names(map[string]int{"a": 1, "b": 2})
	if len(seen) != 2 || seen["a"]%100 != 2 || seen["b"]%100 != 4 || seen["a"]+seen["b"] != 106 {
		panic(seen)
	}
}
