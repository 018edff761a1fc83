// fails: race

package main

import "example.com/testdata/concurrent_map_write/bad_listener_of_another_package/feed"

type game struct {
	players map[int]bool
}

func (g *game) Opened(id int) {
	g.players[id] = true // want "GM101.*that runs what feed.Options.Listener keeps"
}

func (g *game) Closed(id int) {
	delete(g.players, id) // may "GM101"
}

func main() {
	f := feed.New(feed.Options{Listener: &game{players: make(map[int]bool)}, Workers: 4})
	f.Serve()
	for id := range 2000 {
		f.Open(id)
	}
	f.Close()
}
