// ok
// The lock is given up for the call, and taken back.
package main

import "sync"

type folder struct {
	mu   sync.Mutex
	ents map[string]int
}

func (f *folder) ReadAll() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ents = map[string]int{"a": 1}
	return len(f.ents)
}

func (f *folder) Lookup(name string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ents == nil {
		fill := func() int {
			f.mu.Unlock()
			defer f.mu.Lock()

			return f.ReadAll()
		}
		fill()
	}
	return f.ents[name]
}

func main() {
	f := &folder{}
	println(f.Lookup("a"))
}
