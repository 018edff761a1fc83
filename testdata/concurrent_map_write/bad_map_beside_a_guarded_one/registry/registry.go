package registry

import "sync"

type Registry struct {
	mu        sync.Mutex
	names     map[string]string
	listeners map[string]int
}

func New() *Registry {
	return &Registry{names: map[string]string{}, listeners: map[string]int{}}
}

func (r *Registry) Map(from, to string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.names[from]; !ok {
		r.names[from] = to
	}
}

func (r *Registry) Name(from string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.names[from]
}

func (r *Registry) Forget(from string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.names, from)
}

func (r *Registry) Subscribe(name string) {
	if r.listeners[name] == 0 { // may "GM10[27].*Registry.listeners"
		r.listeners[name] = 1 // want "GM101.*Registry.listeners"
	}
}

func (r *Registry) Unsubscribe(name string) {
	if r.listeners[name] > 0 { // may "GM102.*Registry.listeners"
		r.listeners[name]-- // may "GM101.*Registry.listeners"
	}
}
