// Package files counts how often files were seen, and serves the sums.
package files

import (
	"fmt"
	"net/http"
	"sync"
)

type Watcher struct {
	mu   sync.RWMutex
	seen map[string]int
}

func (w *Watcher) Seen(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.seen == nil {
		w.seen = map[string]int{}
	}
	w.seen[name]++
}

type Collector struct {
	mu       sync.RWMutex
	watchers map[*Watcher]bool
}

func NewCollector(watchers ...*Watcher) *Collector {
	c := &Collector{watchers: map[*Watcher]bool{}}
	for _, w := range watchers {
		c.watchers[w] = true
	}
	return c
}

func (c *Collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for watcher := range c.watchers {
		for name, n := range watcher.seen { // want "GM104.*seen"
			fmt.Fprintln(w, name, n)
		}
	}
}
