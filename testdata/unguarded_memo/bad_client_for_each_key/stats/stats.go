// Package stats counts for each key.
package stats

type client struct{ key int }

// Stat counts.
type Stat struct{ client *client }

var clients = map[int]*client{}

// NewStat makes a counter for a key.
func NewStat(key int) *Stat {
	if _, found := clients[key]; !found {
		clients[key] = &client{key} // want "GM112.*NewStat looks a key up in clients"
	}
	return &Stat{client: clients[key]}
}
