// fails: race

package main

import "sync"

type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(v T) {
	s[v] = struct{}{} // want-related "GM101"
}

func unique(words [][]string) Set[string] {
	all := Set[string]{}
	var wg sync.WaitGroup
	for _, part := range words {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, w := range part {
				all.Add(w) // may "GM101"
			}
		}()
	}
	wg.Wait()
	return all
}

func main() {
	part := make([]string, 2000)
	for i := range part {
		part[i] = string(rune('a' + i%26))
	}
	for r := 0; r < 10; r++ {
		unique([][]string{part, part, part, part})
	}
}
