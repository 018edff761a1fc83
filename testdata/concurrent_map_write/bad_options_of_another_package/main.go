// fails: race

package main

import "example.com/testdata/concurrent_map_write/bad_options_of_another_package/ws"

type room struct {
	users map[int]bool
}

func (r *room) enter(id int) {
	r.users[id] = true // want "GM101.*that runs what ws.Options.OnOpen keeps"
}

func (r *room) leave(id int) {
	delete(r.users, id) // may "GM101"
}

func main() {
	r := &room{users: make(map[int]bool)}
	ws.New(&ws.Options{OnOpen: r.enter, OnClose: r.leave}).Accept(500)
}
