// fails: race

package main

import (
	"fmt"
	"sync"
)

type Result struct{ Body string }

func fetch(u string) Result { return Result{Body: "body of " + u} }

func fetchAll(urls []string) map[string]Result {
	results := make(map[string]Result)
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results[u] = fetch(u) // want "GM101.*results"
		}()
	}
	wg.Wait()
	return results
}

func main() {
	urls := make([]string, 3000)
	for i := range urls {
		urls[i] = fmt.Sprintf("https://host/%d", i)
	}
	for i := 0; i < 20; i++ {
		_ = fetchAll(urls)
	}
}
