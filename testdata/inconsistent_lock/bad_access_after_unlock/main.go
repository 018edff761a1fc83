// fails: race

package main

import (
	"strconv"
	"sync"
)

type Inv struct {
	mu    sync.Mutex
	stock map[string]int
}

func (v *Inv) Take(sku string) int {
	v.mu.Lock()
	n := v.stock[sku]
	v.mu.Unlock()
	if n > 0 {
		v.stock[sku] = n - 1 // want "GM10[14].*stock"
	}
	return n
}

func (v *Inv) Put(sku string) int {
	v.mu.Lock()
	v.stock[sku]++
	v.mu.Unlock()
	return len(v.stock) // want-related "GM104.*stock"
}

func main() {
	v := &Inv{stock: map[string]int{"a": 1 << 30}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				v.Take("a")
				v.Put(strconv.Itoa(i))
			}
		})
	}
	wg.Wait()
}
