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

func (c *Cache) Set(key string, value int) {
	s := &c.shards[len(key)%len(c.shards)]
	s.Lock()
	defer s.Unlock()
	s.items[key] = value
}

func (c *Cache) Len() (total int) {
	for i := range c.shards {
		c.shards[i].RLock()
		total += len(c.shards[i].items)
		c.shards[i].RUnlock()
	}
	return total
}

// Without locks, each goroutine has a bucket of its own: nothing is missed here.
func count(words []string) []map[string]int {
	buckets := make([]map[string]int, 4)
	var wg sync.WaitGroup
	for i := range buckets {
		buckets[i] = map[string]int{}
		wg.Go(func() {
			for j := i; j < len(words); j += len(buckets) {
				buckets[i][words[j]]++
			}
		})
	}
	wg.Wait()
	return buckets
}

func main() {
	c := &Cache{}
	for i := range c.shards {
		c.shards[i].items = map[string]int{}
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			c.Set(strconv.Itoa(i), i)
		}
	})
	for i := 0; i < 5000; i++ {
		_ = c.Len()
	}
	wg.Wait()
	_ = count([]string{"a", "b", "a", "c", "d"})
}
