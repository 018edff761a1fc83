package main

import "sync"

type Names struct {
	mu  sync.RWMutex
	ids map[string]int
}

func (n *Names) ID(name string) int {
	n.mu.RLock()
	id, ok := n.ids[name]
	n.mu.RUnlock()
	if ok {
		return id
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.idFor(name)
}

func (n *Names) idFor(name string) int {
	id, ok := n.ids[name]
	if !ok {
		id = len(n.ids)
		n.ids[name] = id
	}
	return id
}

func main() {
	n := &Names{ids: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				n.ID(string(rune('a' + i%100)))
			}
		})
	}
	wg.Wait()
	if len(n.ids) != 100 {
		panic(len(n.ids))
	}
}
