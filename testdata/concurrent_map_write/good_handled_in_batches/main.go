package main

import "example.com/testdata/concurrent_map_write/good_handled_in_batches/batch"

type controller struct {
	updates chan int
	ticks   chan bool
	done    chan bool
	nodes   map[int]int
}

func (c *controller) start() {
	go c.loop()
}

// loop is the only one that touches the nodes.
func (c *controller) loop() {
	for {
		select {
		case update, ok := <-c.updates:
			if !ok {
				c.done <- true
				return
			}
			batch.Process(c.updates, update, c.handle)
		case <-c.ticks:
			c.sync()
		}
	}
}

func (c *controller) handle(update int) { c.nodes[update%10]++ }

func (c *controller) sync() {
	for node := range c.nodes {
		if c.nodes[node] > 5 {
			delete(c.nodes, node)
		}
	}
}

func main() {
	c := &controller{make(chan int), make(chan bool), make(chan bool), map[int]int{}}
	c.start()
	for n := range 3000 {
		c.updates <- n
		if n%7 == 0 {
			c.ticks <- true
		}
	}
	close(c.updates)
	<-c.done
}
