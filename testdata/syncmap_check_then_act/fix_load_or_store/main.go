// What is stored if nothing was there becomes LoadOrStore, and everyone goes on with the one that the map holds.
package main

import (
	"fmt"
	"sync"
)

type account struct {
	mu  sync.Mutex
	sum int
}

type bank struct{ accounts sync.Map }

func (b *bank) open(name string) *account {
	if known, ok := b.accounts.Load(name); ok {
		return known.(*account)
	}
	fresh := &account{}
	b.accounts.Store(name, fresh)
	return fresh
}

func (b *bank) any(name string) any {
	if known, ok := b.accounts.Load(name); ok {
		return known
	}
	var fresh any = &account{}
	b.accounts.Store(name, fresh)
	return fresh
}

func main() {
	b := &bank{}
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			a := b.open("ann")
			a.mu.Lock()
			a.sum++
			a.mu.Unlock()
			b.any("bob")
		}()
	}
	wg.Wait()
	fmt.Println(b.open("ann").sum, b.any("bob") == b.any("bob"))
}
