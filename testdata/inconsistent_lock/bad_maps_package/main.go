// fails: race

package main

import (
	"maps"
	"strconv"
	"sync"
)

type Labels struct {
	mu sync.Mutex
	m  map[string]string
}

func (l *Labels) Set(k, v string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.m[k] = v
}

func (l *Labels) Snapshot() map[string]string {
	return maps.Clone(l.m) // want "GM10[234]"
}

func (l *Labels) Merge(o map[string]string) {
	maps.Copy(l.m, o) // want "GM10[14]"
}

func main() {
	l := &Labels{m: map[string]string{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 50000; i++ {
			l.Set(strconv.Itoa(i%50), "v")
		}
	})
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			l.Merge(map[string]string{"a": "b"})
		}
	})
	for i := 0; i < 2000; i++ {
		l.Snapshot()
	}
	wg.Wait()
}
