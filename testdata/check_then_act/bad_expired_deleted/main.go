// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"
)

type entry struct{ expires time.Time }

type Cache struct {
	mu      sync.RWMutex
	entries map[string]entry
}

func (c *Cache) Put(key string, expires time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = entry{expires}
}

func (c *Cache) Has(key string) bool {
	c.mu.RLock()
	e, ok := c.entries[key]
	c.mu.RUnlock()
	if ok && time.Now().After(e.expires) {
		runtime.Gosched()
		c.mu.Lock()
		delete(c.entries, key) // want "GM107.*Cache.entries"
		c.mu.Unlock()
		return false
	}
	return ok
}

func main() {
	for range 20000 {
		c := &Cache{entries: map[string]entry{"a": {}}}
		var wg sync.WaitGroup
		wg.Go(func() { c.Put("a", time.Now().Add(time.Hour)) })
		for range 3 {
			wg.Go(func() { c.Has("a") })
		}
		wg.Wait()
		if !c.Has("a") {
			fmt.Println("a fresh entry was deleted")
			os.Exit(1)
		}
	}
}
