// fails: race

package main

import (
	"sync"
)

type Index struct {
	mu    sync.Mutex
	words map[string]int
}

func (x *Index) Reset(wg *sync.WaitGroup) {
	x.mu.Lock()
	wg.Add(1)
	go func() {
		defer wg.Done()
		clear(x.words) // want "GM104"
	}()
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
	var wg, cleared sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 300; i++ {
				x.Add("a")
				x.Reset(&cleared)
				x.Len()
			}
		})
	}
	wg.Wait()
	cleared.Wait()
}
