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
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.listeners[name] == 0 {
		r.listeners[name] = 1
	}
}

func (r *Registry) Unsubscribe(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.listeners[name] > 0 {
		r.listeners[name]--
	}
}
