// fails: race

package main

import "sync"

type Item struct {
	Name   string
	Labels map[string]string
}

type Store struct {
	mu    sync.Mutex
	items map[string]Item
}

// The structs are copies, with the same maps inside.
func (s *Store) List() []Item {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Item
	for _, item := range s.items {
		all = append(all, item) // want "GM106.*Item.Labels"
	}
	return all
}

func (s *Store) Label(name, key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	item := s.items[name]
	item.Labels[key] = value
}

func main() {
	s := &Store{items: map[string]Item{"a": {"a", map[string]string{"k": "v"}}}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			s.Label("a", "k", "w")
		}
	})
	for i := 0; i < 5000; i++ {
		for _, item := range s.List() {
			_ = item.Labels["k"]
		}
	}
	wg.Wait()
}
