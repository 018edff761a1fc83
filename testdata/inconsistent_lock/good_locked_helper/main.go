package main

import (
	"strconv"
	"sync"
)

type Index struct {
	mu sync.Mutex
	m  map[string]int
}

func newIndex(keys ...string) *Index {
	x := &Index{m: map[string]int{}}
	for _, k := range keys {
		x.addLocked(k) // nobody else has it yet
	}
	return x
}

func (x *Index) addLocked(k string) {
	x.m[k]++
}

func (x *Index) Add(k string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.addLocked(k)
}

func (x *Index) AddAll(keys []string) {
	x.mu.Lock()
	for _, k := range keys {
		x.addLocked(k)
	}
	x.mu.Unlock()
}

func main() {
	x := newIndex("a", "b")
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 5000; i++ {
				x.Add(strconv.Itoa(i % 50))
				x.AddAll([]string{"a", strconv.Itoa(i % 50)})
			}
		})
	}
	wg.Wait()
}
