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

// Run looks at all that is there, and starts the worker then.
func (c *Controller) Run(names []string, stop <-chan struct{}) {
	c.resync(names)
	go c.worker()
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
		c.cache[name]++
	}
}

func (c *Controller) worker() {
	for name := range c.queue {
		c.sync(name)
	}
}

func (c *Controller) sync(name string) {
	if c.cache[name] < 10 {
		c.cache[name]++
	}
}
