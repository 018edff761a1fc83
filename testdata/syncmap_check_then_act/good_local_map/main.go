package main

import "sync"

// Nobody else knows this map.
func count(words []string) int {
	var seen sync.Map
	for _, w := range words {
		if n, ok := seen.Load(w); ok {
			seen.Store(w, n.(int)+1)
		} else {
			seen.Store(w, 1)
		}
	}
	distinct := 0
	seen.Range(func(_, _ any) bool {
		distinct++
		return true
	})
	return distinct
}

func main() {
	if count([]string{"a", "b", "a"}) != 2 {
		panic("wrong")
	}
}
