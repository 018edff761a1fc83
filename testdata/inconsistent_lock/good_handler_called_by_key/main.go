package main

import "sync"

type message struct {
	kind string
	size int
}

type router struct {
	mu       sync.Mutex
	handlers map[string]func(int)
}

func (r *router) add(kind string, handler func(int)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.handlers[kind] = handler
}

func (r *router) remove(kind string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.handlers, kind)
}

func (r *router) handle(m message) {
	r.mu.Lock()
	handler := r.handlers[m.kind]
	r.mu.Unlock()
	handler(m.size)
}

func main() {
	r := &router{handlers: map[string]func(int){"get": func(int) {}}}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for range 1000 {
			r.add("put", func(int) {})
			r.remove("put")
		}
	}()
	go func() {
		defer wg.Done()
		for range 1000 {
			r.handle(message{"get", 1})
		}
	}()
	wg.Wait()
}
