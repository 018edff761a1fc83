// fails: race

package main

import (
	"strconv"
	"sync"
)

type Index struct {
	mu sync.Mutex
	m  map[string]int
}

func (x *Index) addLocked(k string) {
	x.m[k]++ // want "GM104.*Index.m"
}

func (x *Index) Add(k string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.addLocked(k)
}

// The helper's name says what its caller has forgotten.
func (x *Index) AddAll(keys []string) {
	for _, k := range keys {
		x.addLocked(k) // may "GM104"
	}
}

func main() {
	x := &Index{m: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				x.Add(strconv.Itoa(i % 50))
				x.AddAll([]string{"a", strconv.Itoa(i % 50)})
			}
		})
	}
	wg.Wait()
}
