package main

import (
	"fmt"
	"sync"
)

type Cache struct {
	mu     sync.Mutex
	old    map[string]int
	listMu sync.Mutex
	list   []int
}

func (c *Cache) Retire(name string, id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.old[name] = id
}

func (c *Cache) Append(id int) {
	c.listMu.Lock()
	defer c.listMu.Unlock()
	c.list = append(c.list, id)
}

// Sweep holds mu all the time, and gives others a chance at the list.
func (c *Cache) Sweep() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.listMu.Lock()
	for _, id := range c.old {
		c.list = append(c.list, id)
		c.listMu.Unlock()
		c.listMu.Lock()
	}
	c.listMu.Unlock()
}

func main() {
	c := &Cache{old: map[string]int{}}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.Retire(fmt.Sprint(i), i)
			c.Append(i)
			c.Sweep()
		}()
	}
	wg.Wait()
	fmt.Println(len(c.old))
}
