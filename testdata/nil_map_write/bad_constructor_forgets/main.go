// fails: panic assignment to entry in nil map

package main

type Registry struct {
	handlers map[string]func()
}

func NewRegistry() *Registry {
	return &Registry{} // handlers not initialised
}

func (r *Registry) Add(name string, h func()) {
	r.handlers[name] = h // want "GM401.*handlers"
}

func main() {
	NewRegistry().Add("a", func() {})
}
