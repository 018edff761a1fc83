// Each map is filled in the critical section that puts it in place, and only read by those who get it.
package main

import (
	"strconv"
	"sync"
)

type Zones struct {
	mu    sync.Mutex
	names map[string]string
	size  int
}

// load loads the names anew, when more are wanted.
func (z *Zones) load(size int) map[string]string {
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.names != nil && size <= z.size {
		return z.names
	}
	z.names, z.size = map[string]string{}, 0
	for ; z.size < size; z.size++ {
		z.names[strconv.Itoa(z.size)] = "zone"
	}
	return z.names
}

func label(names map[string]string, id string) string {
	return names[id]
}

func main() {
	z := &Zones{names: map[string]string{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 2000 {
				names := z.load(i)
				for n := range 20 {
					label(names, strconv.Itoa(n))
				}
			}
		})
	}
	wg.Wait()
}
