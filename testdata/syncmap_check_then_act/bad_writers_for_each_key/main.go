// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

type held struct {
	mu    sync.Mutex
	locks int
}

// What is held of each name.
//
// Each key may be written by any worker.
var holding sync.Map

func of(name string) *held {
	if v, ok := holding.Load(name); ok {
		return v.(*held)
	}
	h := &held{}
	holding.Store(name, h) // want "GM302.*holding"
	return h
}

func take(name string) {
	h := of(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.locks++
}

func main() {
	for i := range 5000 {
		name := fmt.Sprint("lock", i)
		var wg sync.WaitGroup
		for range 8 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				take(name)
			}()
		}
		wg.Wait()
		if n := of(name).locks; n != 8 {
			fmt.Println("8 were taken, counted", n)
			os.Exit(1)
		}
	}
}
