// ok
// What is written is locked; the shared lock is that of the other object.
package main

import (
	"strconv"
	"sync"
)

type extend struct {
	mu   sync.RWMutex
	data map[string]int
}

func (e *extend) Range(visit func(key string, value int)) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	for key, value := range e.data {
		visit(key, value)
	}
}

func (e *extend) Get(key string) int {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.data[key]
}

// Merge takes over what the other one has.
func (e *extend) Merge(o *extend) {
	e.mu.Lock()
	defer e.mu.Unlock()
	o.Range(func(key string, value int) {
		e.data[key] = value
	})
}

func main() {
	o := &extend{data: map[string]int{"a": 1, "b": 2}}
	e := &extend{data: map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 500 {
				e.Merge(o)
				e.Get(strconv.Itoa(i))
			}
		}()
	}
	wg.Wait()
}
