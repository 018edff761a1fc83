// Package jobs counts jobs.
package jobs

import "sync"

// Counter is added to a manager before it is used.
type Counter struct {
	Lock   sync.Mutex
	counts map[string]int
}

// AddTo forgets what was counted so far.
func (c *Counter) AddTo(manager *[]*Counter) {
	c.counts = map[string]int{} // want "GM104.*Counter.counts"
	*manager = append(*manager, c)
}

func (c *Counter) Count(name string) {
	c.Lock.Lock()
	defer c.Lock.Unlock()
	c.counts[name]++
}

func (c *Counter) Counted(name string) int {
	c.Lock.Lock()
	defer c.Lock.Unlock()
	return c.counts[name]
}

func (c *Counter) Forget(name string) {
	c.Lock.Lock()
	defer c.Lock.Unlock()
	delete(c.counts, name)
}
