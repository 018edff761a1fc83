// fails: race

package main

import (
	"sync"
)

type Box struct {
	sem chan struct{} // capacity 2: two goroutines may be inside
	m   map[int]int
}

func (b *Box) Put(k int) {
	b.sem <- struct{}{}
	defer func() { <-b.sem }()
	b.m[k%100]++ // want "GM10[148].*Box"
}

func main() {
	b := &Box{sem: make(chan struct{}, 2), m: map[int]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 50000; i++ {
				b.Put(i)
			}
		})
	}
	wg.Wait()
}
