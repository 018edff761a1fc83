// A Locker that is the object itself, and the mutex embedded in it, are one lock.
package main

import "sync"

type conn struct {
	sync.Mutex
	open map[int]bool
}

func withLock(lk sync.Locker, fn func()) {
	lk.Lock()
	defer lk.Unlock()
	fn()
}

func (c *conn) remove(k int) {
	c.Lock()
	defer c.Unlock()
	delete(c.open, k)
}

func (c *conn) add(k int) {
	withLock(c, func() {
		c.open[k] = true
	})
}

func main() {
	c := &conn{open: map[int]bool{}}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { defer wg.Done(); c.remove(1) }()
	c.add(1)
	wg.Wait()
}
