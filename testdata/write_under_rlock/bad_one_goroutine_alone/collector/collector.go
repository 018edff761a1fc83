package collector

import "sync"

type Collector struct {
	mu   sync.RWMutex
	seen map[int]bool
}

func New() *Collector {
	c := &Collector{seen: map[int]bool{}}
	go c.run()
	return c
}

func (c *Collector) run() {
	for n := range 1000 {
		c.see(n)
	}
}

func (c *Collector) see(n int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.seen[n] = true // want "GM105.*Collector.seen"
}

func (c *Collector) Has(n int) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.seen[n]
}
