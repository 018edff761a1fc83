package main

import "sync"

type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(v T) { s[v] = struct{}{} }

func (s Set[T]) Merge(o Set[T]) {
	for v := range o {
		s.Add(v)
	}
}

func unique(words [][]string) Set[string] {
	found := make(chan Set[string], len(words))
	for _, part := range words {
		go func() {
			mine := Set[string]{}
			for _, w := range part {
				mine.Add(w)
			}
			found <- mine
		}()
	}
	all := Set[string]{}
	for range words {
		all.Merge(<-found)
	}
	return all
}

func main() {
	part := []string{"a", "b", "c"}
	var wg sync.WaitGroup
	wg.Go(func() {
		if len(unique([][]string{part, part})) != 3 {
			panic("lost")
		}
	})
	wg.Wait()
}
