package main

import (
	"fmt"
	"sync"
)

// count has a map and a lock for each part: the goroutines of one part share both.
func count(parts [][]string) []map[string]int {
	var wg sync.WaitGroup
	counts := make([]map[string]int, len(parts))
	for i, part := range parts {
		var mu sync.Mutex
		found := map[string]int{}
		counts[i] = found
		for _, word := range part {
			wg.Add(1)
			go func() {
				defer wg.Done()
				mu.Lock()
				defer mu.Unlock()
				found[word]++
			}()
		}
	}
	wg.Wait()
	return counts
}

// total has one map, and waits for the two goroutines of a part before the next one.
func total(parts [][]string) map[string]int {
	all := map[string]int{}
	for _, part := range parts {
		var mu sync.Mutex
		var wg sync.WaitGroup
		add := func(words []string) {
			defer wg.Done()
			for _, word := range words {
				mu.Lock()
				all[word]++
				mu.Unlock()
			}
		}
		wg.Add(2)
		go add(part[:len(part)/2])
		go func() {
			defer wg.Done()
			for _, word := range part[len(part)/2:] {
				mu.Lock()
				all[word]++
				mu.Unlock()
			}
		}()
		wg.Wait()
	}
	return all
}

func main() {
	parts := [][]string{{"a", "b", "a"}, {"b", "c"}, {"a"}}
	fmt.Println(count(parts), total(parts))
}
