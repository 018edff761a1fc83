package main

import "sync"

type index struct{ words map[string]int }

var indexes sync.Map

// All writes are done when the value is stored.
func build(id int, words []string) {
	x := &index{words: map[string]int{}}
	for i, w := range words {
		x.words[w] = i
	}
	indexes.Store(id, x)
}

func lookup(id int, word string) int {
	v, ok := indexes.Load(id)
	if !ok {
		return -1
	}
	return v.(*index).words[word]
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 200; i++ {
				build(i%10, []string{"a", "b"})
				lookup(i%10, "b")
			}
		})
	}
	wg.Wait()
}
