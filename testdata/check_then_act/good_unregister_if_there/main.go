package main

import "sync"

type Drivers struct {
	mu     sync.RWMutex
	byName map[string]int
}

func (d *Drivers) Has(name string) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	_, ok := d.byName[name]
	return ok
}

func (d *Drivers) Remove(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.byName, name)
}

// Unregister deletes what may be gone already: that does no harm.
func Unregister(d *Drivers, name string) {
	if d.Has(name) {
		d.Remove(name)
	}
}

func main() {
	d := &Drivers{byName: map[string]int{"a": 1}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { Unregister(d, "a") })
	}
	wg.Wait()
}
