// note: the mutex does all the work

package main

import "sync"

type Names struct {
	mu   sync.Mutex
	byID sync.Map
}

func (n *Names) Set(id int, name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.byID.Store(id, name) // want "GM312.*byID"
}

func (n *Names) Get(id int) any {
	n.mu.Lock()
	defer n.mu.Unlock()
	name, _ := n.byID.Load(id)
	return name
}

func main() {
	n := &Names{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 100; i++ {
				n.Set(i, "ann")
				n.Get(i)
			}
		})
	}
	wg.Wait()
}
