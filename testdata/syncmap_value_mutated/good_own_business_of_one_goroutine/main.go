// One goroutine alone writes the mark, and nobody else looks at it.
package main

import "sync"

type Group struct {
	mu       sync.Mutex
	used     int
	inactive bool
}

type Controller struct {
	groups sync.Map
	done   chan bool
}

func (c *Controller) Start() {
	go func() {
		defer close(c.done)
		for range 10 {
			c.cleanUp()
		}
	}()
}

func (c *Controller) cleanUp() {
	c.groups.Range(func(key, value any) bool {
		group := value.(*Group)
		group.mu.Lock()
		used := group.used
		group.mu.Unlock()
		if used == 0 {
			if group.inactive {
				c.groups.Delete(key)
				return true
			}
			group.inactive = true
		} else {
			group.inactive = false
		}
		return true
	})
}

func (c *Controller) Use(name string) {
	value, _ := c.groups.LoadOrStore(name, &Group{})
	group := value.(*Group)
	group.mu.Lock()
	defer group.mu.Unlock()
	group.used++
}

func main() {
	c := &Controller{done: make(chan bool)}
	c.Start()
	c.Use("a")
	<-c.done
}
