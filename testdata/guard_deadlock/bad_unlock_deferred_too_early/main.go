// fails: deadlock

package main

import "sync"

type loader struct {
	mu      sync.Mutex
	loading map[string]int
}

func (l *loader) load(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n, ok := l.loading[name]
	if !ok {
		n = len(l.loading)
		l.loading[name] = n
		defer func() { // want "GM111.*loader.loading"
			l.mu.Lock() // may "GM111"
			delete(l.loading, name)
			l.mu.Unlock()
		}()
	}
	return n
}

func main() {
	l := &loader{loading: map[string]int{}}
	println(l.load("a"))
}
