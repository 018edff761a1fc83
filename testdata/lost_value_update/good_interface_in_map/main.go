package main

type listener interface{ Stop() }

type counting struct{ stopped bool }

func (c *counting) Stop() { c.stopped = true }

type registry struct{ listeners map[string]listener }

// The entry is an interface with a pointer inside: what it points to is changed, no copy of it.
func (r *registry) stop(name string) {
	l := r.listeners[name]
	if l != nil {
		delete(r.listeners, name)
		l.Stop()
	}
}

func main() {
	c := &counting{}
	r := &registry{map[string]listener{"a": c}}
	r.stop("a")
	if !c.stopped {
		panic("it goes on")
	}
}
