package main

import "strings"

type Index struct{ words map[string]int }

func (x *Index) fold() {
	folded := make(map[string]int, len(x.words))
	for word, n := range x.words {
		folded[strings.ToLower(word)] += n
	}
	x.words = folded
}

// mark sets what is set already when it is done twice.
func (x *Index) mark(done map[string]bool) {
	for word := range done {
		done[strings.ToLower(word)] = true
	}
}

func main() {
	for range 100 {
		x := &Index{words: map[string]int{"a": 1, "A": 2, "B": 3}}
		x.fold()
		x.mark(map[string]bool{"A": true})
		if x.words["a"] != 3 || x.words["b"] != 3 {
			panic("wrong")
		}
	}
}
