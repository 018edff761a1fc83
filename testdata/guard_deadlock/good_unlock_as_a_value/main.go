// The lock is given back by a function that does so once.
package main

import "sync"

type loader struct {
	mu      sync.Mutex
	loading map[string]int
}

func (l *loader) load(name string) int {
	l.mu.Lock()
	unlock := sync.OnceFunc(l.mu.Unlock)
	defer unlock()
	n, ok := l.loading[name]
	if !ok {
		n = len(l.loading)
		l.loading[name] = n
		defer func() {
			l.mu.Lock()
			delete(l.loading, name)
			l.mu.Unlock()
		}()
	}
	unlock()
	return n
}

func main() {
	l := &loader{loading: map[string]int{}}
	println(l.load("a"))
}
