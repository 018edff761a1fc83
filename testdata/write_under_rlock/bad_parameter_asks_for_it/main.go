// fails: race
// Under RLock, what is missing is created.
package main

import (
	"strconv"
	"sync"
)

type devices struct {
	mu   sync.RWMutex
	byID map[string]int
}

func (d *devices) device(id string, create bool) (int, bool) {
	if one, ok := d.byID[id]; ok {
		return one, true
	}
	if !create {
		return 0, false
	}
	return d.add(id), true
}

func (d *devices) add(id string) int {
	d.byID[id] = len(id) // want "GM105.*byID"
	return len(id)
}

func (d *devices) Assign(id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.device(id, true)
}

func (d *devices) Has(id string) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	_, ok := d.device(id, true)
	return ok
}

func main() {
	d := &devices{byID: map[string]int{}}
	start := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
			for i := range 20000 {
				d.Has(strconv.Itoa(i))
				d.Assign(strconv.Itoa(i / 2))
			}
		}()
	}
	close(start)
	wg.Wait()
}
