// fails: race

package main

import "fmt"

func index(words []string) map[string]int {
	positions := make(map[string]int)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i, w := range words {
			positions[w] = i // may "GM102.*positions"
		}
	}()
	for progress := 0; progress < 100; progress++ {
		_ = fmt.Sprint(len(positions)) // want "GM102.*positions"
	}
	<-done
	return positions
}

func main() {
	words := make([]string, 5000)
	for i := range words {
		words[i] = fmt.Sprint(i)
	}
	for r := 0; r < 5; r++ {
		index(words)
	}
}
