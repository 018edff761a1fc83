package main

import (
	"strconv"
	"sync"
)

type Inventory struct {
	mu    sync.RWMutex
	stock map[string]int
}

// The map that is written under the shared lock is this call's own.
func (v *Inventory) Low(limit int) map[string]int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	low := make(map[string]int)
	for sku, n := range v.stock {
		if n < limit {
			low[sku] = n
		}
	}
	return low
}

func (v *Inventory) Set(sku string, n int) {
	v.mu.Lock()
	v.stock[sku] = n
	v.mu.Unlock()
}

func main() {
	v := &Inventory{stock: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 500; i++ {
				v.Set(strconv.Itoa(i%50), i)
				v.Low(10)
			}
		})
	}
	wg.Wait()
}
