// Package watch keeps what it has seen.
package watch

import "sync"

// Controller sees what comes through its queue.
type Controller struct {
	mu    sync.Mutex
	total int
	queue chan string
	cache map[string]int
}

func New() *Controller {
	return &Controller{queue: make(chan string), cache: map[string]int{}}
}

// Run starts the worker, and looks at all that is there.
func (c *Controller) Run(names []string, stop <-chan struct{}) {
	go c.worker()
	c.resync(names)
	<-stop
}

// Add may be called by anybody.
func (c *Controller) Add(name string) {
	c.mu.Lock()
	c.total++
	c.mu.Unlock()
	c.queue <- name
}

func (c *Controller) resync(names []string) {
	for _, name := range names {
		c.cache[name]++ // want "GM101.*Controller.cache"
	}
}

func (c *Controller) worker() {
	for name := range c.queue {
		c.sync(name)
	}
}

func (c *Controller) sync(name string) {
	if c.cache[name] < 10 { // want "GM102.*Controller.cache"
		c.cache[name]++
	}
}
