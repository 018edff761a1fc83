package main

import (
	"fmt"
	"sync/atomic"
)

func index(words []string) map[string]int {
	positions := make(map[string]int)
	var progress atomic.Int64
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i, w := range words {
			positions[w] = i
			progress.Add(1)
		}
	}()
	_ = fmt.Sprint(progress.Load())
	<-done
	_ = fmt.Sprint(len(positions))
	return positions
}

func main() {
	words := make([]string, 1000)
	for i := range words {
		words[i] = fmt.Sprint(i)
	}
	if len(index(words)) != 1000 {
		panic("lost")
	}
}
