// fails: race

package main

import "sync"

type Router struct {
	mu     sync.RWMutex
	routes map[string]int
	names  map[string]string
}

func (r *Router) Add(path, name string) {
	r.mu.Lock()
	r.routes[path]++
	r.names[path] = name
	r.mu.Unlock()
}

func (r *Router) Name(path string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.routes[path] == 0 {
		return ""
	}
	return r.names[path]
}

// Of the two sibling maps, one is taken care of.
func (r *Router) Remove(path string) {
	r.mu.Lock()
	delete(r.routes, path)
	r.mu.Unlock()
	delete(r.names, path) // want "GM10[14].*names"
}

func main() {
	r := &Router{routes: map[string]int{}, names: map[string]string{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 3000; i++ {
				r.Add("/", "root")
				r.Name("/")
				r.Remove("/")
			}
		})
	}
	wg.Wait()
}
