package main

import (
	"sync"
)

type Index struct {
	mu    sync.Mutex
	words map[string]int
}

func (x *Index) Reset() {
	x.mu.Lock()
	done := make(chan struct{})
	go func() {
		clear(x.words)
		close(done)
	}()
	<-done
	x.mu.Unlock()
}

func (x *Index) Add(word string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.words[word]++
}

func (x *Index) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.words)
}

func main() {
	x := &Index{words: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 300; i++ {
				x.Add("a")
				x.Reset()
				x.Len()
			}
		})
	}
	wg.Wait()
}
