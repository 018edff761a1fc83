// fails: race

package main

import (
	"strconv"
	"sync"
)

type Data struct {
	mu    sync.Mutex
	sizes map[string]map[string]int
}

func (d *Data) add(node, path string, size int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sizes[node][path] = max(size, d.sizes[node][path])
}

type Verifier struct{ data *Data }

// Sum takes no lock at all, neither for the nodes nor for what is in them.
func (v *Verifier) Sum() (sum int) {
	for _, sizes := range v.data.sizes {
		for _, size := range sizes { // want `GM106.*through a reference that was taken without the lock`
			sum += size
		}
	}
	return sum
}

func main() {
	v := &Verifier{&Data{sizes: map[string]map[string]int{"a": {}, "b": {}}}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 1000 {
				v.data.add("a", strconv.Itoa(i), i)
			}
		}()
	}
	for range 100 {
		v.Sum()
	}
	wg.Wait()
}
