package main

import (
	"sync"

	"example.com/testdata/concurrent_map_write/good_options_of_another_package/ws"
)

type room struct {
	mu    sync.Mutex
	users map[int]bool
}

func (r *room) enter(id int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.users[id] = true
}

func (r *room) leave(id int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.users, id)
}

func main() {
	r := &room{users: make(map[int]bool)}
	ws.New(&ws.Options{OnOpen: r.enter, OnClose: r.leave}).Accept(500)
}
