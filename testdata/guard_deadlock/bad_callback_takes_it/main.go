// fails: deadlock

package main

import "sync"

type Registry struct {
	mu    sync.Mutex
	names map[string]int
}

func (r *Registry) each(f func(string)) {
	for name := range r.names {
		f(name)
	}
}

func (r *Registry) Drop(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.names, name)
}

func (r *Registry) DropAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.each(func(name string) { // want "GM111.*names"
		r.Drop(name)
	})
}

func main() {
	r := &Registry{names: map[string]int{"a": 1}}
	r.DropAll()
}
