// Package stats counts for each key.
package stats

import "sync"

type client struct{ key int }

// Stat counts.
type Stat struct{ client *client }

var mu sync.Mutex

var clients = map[int]*client{}

// NewStat makes a counter for a key.
func NewStat(key int) *Stat {
	mu.Lock()
	defer mu.Unlock()
	if _, found := clients[key]; !found {
		clients[key] = &client{key}
	}
	return &Stat{client: clients[key]}
}
