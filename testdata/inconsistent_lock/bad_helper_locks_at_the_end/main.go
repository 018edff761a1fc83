// fails: deadlock
// Without the second pair of parentheses, the lock is taken when Add returns, and never released.
package main

import "sync"

type dir struct {
	mu    sync.Mutex
	sizes map[string]int
}

func (d *dir) lock() func() {
	d.mu.Lock()
	return d.mu.Unlock
}

func (d *dir) add(name string) {
	defer d.lock()  // may "GM111"
	d.sizes[name]++ // want "GM104 inconsistent-lock: dir.sizes|GM10[12].*dir.sizes"
}

func main() {
	d := &dir{sizes: map[string]int{}}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 2 {
				d.add("a") // may "GM111"
			}
		})
	}
	wg.Wait()
}
