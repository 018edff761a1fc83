// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

type Locks struct {
	mu     sync.Mutex
	byName map[string]*sync.Mutex
	values map[string]sync.Mutex
}

func (l *Locks) Get(name string) *sync.Mutex {
	l.mu.Lock()
	defer l.mu.Unlock()
	lock := l.values[name]
	return &lock // want "GM406.*values"
}

func main() {
	l := &Locks{values: map[string]sync.Mutex{}}
	l.Get("a").Lock()
	if l.Get("a").TryLock() {
		fmt.Println("two hold the same lock")
		os.Exit(1)
	}
}
