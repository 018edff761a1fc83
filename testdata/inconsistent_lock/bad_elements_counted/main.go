// fails: race

package main

import (
	"strconv"
	"sync"
)

type shard struct {
	sync.RWMutex
	items map[string]int
}

type Cache struct{ shards [4]shard }

func (c *Cache) shardOf(key string) *shard { return &c.shards[len(key)%len(c.shards)] }

func (c *Cache) Set(key string, value int) {
	s := c.shardOf(key)
	s.Lock()
	defer s.Unlock()
	s.items[key] = value
}

func (c *Cache) Get(key string) int {
	i := len(key) % len(c.shards)
	c.shards[i].RLock()
	defer c.shards[i].RUnlock()
	return c.shards[i].items[key]
}

// Each shard has its lock, and this takes none of them.
func (c *Cache) Len() (total int) {
	for i := range c.shards {
		total += len(c.shards[i].items) // want "GM104.*shard.items"
	}
	return total
}

func main() {
	c := &Cache{}
	for i := range c.shards {
		c.shards[i].items = map[string]int{}
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			c.Set(strconv.Itoa(i), i+c.Get("1"))
		}
	})
	for i := 0; i < 5000; i++ {
		_ = c.Len()
	}
	wg.Wait()
}
