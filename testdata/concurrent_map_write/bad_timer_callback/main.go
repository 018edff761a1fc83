// fails: race

package main

import (
	"time"
)

type Cache struct {
	m map[int]string
}

func (c *Cache) Set(k int, v string, ttl time.Duration) {
	c.m[k] = v // may "GM101"
	time.AfterFunc(ttl, func() {
		delete(c.m, k) // want-related "GM101"
	})
}

func main() {
	c := &Cache{m: map[int]string{}}
	for i := 0; i < 100000; i++ {
		c.Set(i, "v", time.Microsecond)
	}
	time.Sleep(20 * time.Millisecond)
}
