// fails: race

package main

import (
	"strconv"
	"sync"
)

type Loader struct {
	mu sync.Mutex
	m  map[int]string
}

func (l *Loader) Load(id int) string {
	if v, ok := l.m[id]; ok { // want "GM10[24]"
		return v
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if v, ok := l.m[id]; ok {
		return v
	}
	v := strconv.Itoa(id)
	l.m[id] = v
	return v
}

func main() {
	l := &Loader{m: map[int]string{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 50000; i++ {
				l.Load(i)
			}
		})
	}
	wg.Wait()
}
