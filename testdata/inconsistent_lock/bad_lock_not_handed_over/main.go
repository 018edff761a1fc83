// fails: race

package main

import "sync"

type Lazy struct {
	mu    sync.Mutex
	inner map[string]int
}

// NewLazy holds the lock while it starts the goroutine, which runs without it.
func NewLazy(load func() map[string]int) *Lazy {
	l := &Lazy{inner: map[string]int{}}
	l.mu.Lock()
	defer l.mu.Unlock()
	go func() {
		for k, v := range load() {
			l.inner[k] = v // want "GM104"
		}
	}()
	return l
}

func (l *Lazy) Set(k string, v int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inner[k] = v
}

func (l *Lazy) Get(k string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.inner[k]
}

func main() {
	for range 200 {
		l := NewLazy(func() map[string]int { return map[string]int{"x": 1, "y": 2} })
		for range 100 {
			l.Set("a", 1)
			l.Get("a")
		}
	}
}
