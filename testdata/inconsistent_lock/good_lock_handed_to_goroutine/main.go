package main

import "sync"

type Lazy struct {
	mu    sync.Mutex
	inner map[string]int
}

// NewLazy fills the map on a goroutine, which gets the lock: nobody is let in before it is done.
func NewLazy(load func() map[string]int) *Lazy {
	l := &Lazy{}
	l.mu.Lock()
	go func() {
		defer l.mu.Unlock()
		l.inner = load()
		l.inner["loaded"] = 1
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
		l := NewLazy(func() map[string]int { return map[string]int{} })
		l.Set("a", 1)
		l.Get("a")
	}
}
