// The goroutines that fill the map have ended when the constructor returns.
package main

import (
	"fmt"
	"sync"
)

type Fs struct{ upstreams map[string]int }

func NewFs(names []string) *Fs {
	f := &Fs{upstreams: make(map[string]int, len(names))}
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			f.upstreams[name] = i
		}()
	}
	wg.Wait()
	return f
}

func (f *Fs) List() []string {
	var names []string
	for name := range f.upstreams {
		names = append(names, name)
	}
	return names
}

func main() {
	f := NewFs([]string{"a", "b", "c"})
	fmt.Println(len(f.List()))
}
