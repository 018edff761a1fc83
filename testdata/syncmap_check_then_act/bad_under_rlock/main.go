// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

type Votes struct {
	mu    sync.RWMutex
	count sync.Map
}

// Readers don't exclude each other, and these are readers by name only.
func (v *Votes) Add(name string) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	n, _ := v.count.Load(name)
	old, _ := n.(int)
	v.count.Store(name, old+1) // want "GM302.*count"
}

func main() {
	v := &Votes{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				v.Add("a")
			}
		})
	}
	wg.Wait()
	if n, _ := v.count.Load("a"); n != 80000 {
		fmt.Println("voted 80000 times, counted", n)
		os.Exit(1)
	}
}
