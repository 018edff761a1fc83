package main

import (
	"strings"
	"sync"
)

type Names struct {
	mu    sync.RWMutex
	upper map[string]string
}

// Upper may compute a name twice, and then writes the same value again.
func (n *Names) Upper(name string) string {
	n.mu.RLock()
	up, ok := n.upper[name]
	n.mu.RUnlock()
	if ok {
		return up
	}
	up = strings.ToUpper(name)
	n.mu.Lock()
	n.upper[name] = up
	n.mu.Unlock()
	return up
}

// Mark writes what does not depend on what was there.
func (n *Names) Mark(name string) {
	n.mu.RLock()
	marked := n.upper[name] == "-"
	n.mu.RUnlock()
	if marked {
		return
	}
	n.mu.Lock()
	n.upper[name] = "-"
	n.mu.Unlock()
}

func main() {
	n := &Names{upper: map[string]string{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 1000 {
				n.Upper("ann")
				n.Mark("bob")
			}
		})
	}
	wg.Wait()
}
