// note: two read locks of one goroutine only block when a writer comes between

package main

import "sync"

type Names struct {
	mu   sync.RWMutex
	byID map[int]string
}

func (n *Names) Get(id int) string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.byID[id]
}

func (n *Names) All(ids []int) (all []string) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	for _, id := range ids {
		all = append(all, n.Get(id)) // want "GM111.*as soon as a writer waits"
	}
	return all
}

func (n *Names) Set(id int, name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.byID[id] = name
}

func main() {
	n := &Names{byID: map[int]string{}}
	n.Set(1, "one")
	n.All([]int{1})
}
