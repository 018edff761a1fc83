// fails: race
// More is put into the map that others have got already.
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

// load loads the names that are wanted besides.
func (z *Zones) load(size int) map[string]string {
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.names != nil && size <= z.size {
		return z.names // want-related "GM106"
	}
	for ; z.size < size; z.size++ {
		z.names[strconv.Itoa(z.size)] = "zone" // may "GM10[16]"
	}
	return z.names // want-related "GM106"
}

func label(names map[string]string, id string) string {
	return names[id] // may "GM104"
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
