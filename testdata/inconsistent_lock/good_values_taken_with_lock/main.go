package main

import (
	"strconv"
	"sync"
)

type Inventory struct {
	mu    sync.Mutex
	stock map[string]int
}

func (v *Inventory) Put(sku string) int {
	v.mu.Lock()
	v.stock[sku]++
	n, size := v.stock[sku], len(v.stock)
	v.mu.Unlock()
	return n + size
}

// The lock is taken again, and the entry is looked at again.
func (v *Inventory) Take(sku string) bool {
	v.mu.Lock()
	n := v.stock[sku]
	v.mu.Unlock()
	if n == 0 {
		return false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.stock[sku] == 0 {
		return false
	}
	v.stock[sku]--
	return true
}

func main() {
	v := &Inventory{stock: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 3000; i++ {
				v.Take("1")
				v.Put(strconv.Itoa(i))
			}
		})
	}
	wg.Wait()
}
