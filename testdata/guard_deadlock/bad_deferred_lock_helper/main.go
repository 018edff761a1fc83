// fails: deadlock

package main

import "sync"

type Dir struct {
	mu      sync.Mutex
	entries map[string]int
}

func (d *Dir) lock() func() {
	d.mu.Lock()
	return d.mu.Unlock
}

// The second call is missing: the lock is taken when the function returns, and never released.
func (d *Dir) Add(name string) {
	defer d.lock() // want "GM111"
	d.entries[name]++
}

func main() {
	d := &Dir{entries: map[string]int{}}
	d.Add("a")
	d.Add("b")
}
