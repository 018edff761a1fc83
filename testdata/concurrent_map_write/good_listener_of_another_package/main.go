package main

import (
	"sync"

	"example.com/testdata/concurrent_map_write/good_listener_of_another_package/feed"
)

type game struct {
	mu      sync.Mutex
	players map[int]bool
}

func (g *game) Opened(id int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.players[id] = true
}

func (g *game) Closed(id int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.players, id)
}

// quiet listens where one goroutine alone calls it.
type quiet struct {
	last map[int]bool
}

func (q *quiet) Opened(id int) {
	q.last[id] = true
}

func (q *quiet) Closed(id int) {
	delete(q.last, id)
}

func main() {
	f := feed.New(feed.Options{Listener: &game{players: make(map[int]bool)}, Workers: 4})
	f.Serve()
	q := &quiet{last: make(map[int]bool)}
	for id := range 2000 {
		q.Opened(id)
		f.Open(id)
		q.Closed(id)
	}
	f.Close()
}
