// fails: deadlock

package main

import "sync"

type Names struct {
	mu   sync.RWMutex
	byID map[int]string
}

func (n *Names) Len() int {
	n.mu.RLock()
	defer n.mu.RLock() // want "GM111.*a second time"
	return len(n.byID)
}

func (n *Names) Set(id int, name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.byID[id] = name
}

func main() {
	n := &Names{byID: map[int]string{}}
	n.Len()
	n.Set(1, "one")
}
