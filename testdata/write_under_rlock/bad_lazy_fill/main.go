// fails: race

package main

import (
	"strconv"
	"sync"
)

type Lazy struct {
	mu sync.RWMutex
	m  map[int]string
}

func (l *Lazy) Get(id int) string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if v, ok := l.m[id]; ok {
		return v
	}
	v := strconv.Itoa(id)
	l.m[id] = v // want "GM105"
	return v
}

func main() {
	l := &Lazy{m: map[int]string{}}
	var wg sync.WaitGroup
	for g := 0; g < 8; g++ {
		wg.Go(func() {
			for i := 0; i < 30000; i++ {
				l.Get(i)
			}
		})
	}
	wg.Wait()
}
