// Either the object is locked, or it has just been made: both are safe where the ways meet.
package main

import (
	"fmt"
	"sync"
)

type info struct {
	mu   sync.Mutex
	used map[string]bool
}

func (i *info) mark(key string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.used[key] = true
}

func (i *info) count() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.used)
}

var shared = &info{used: map[string]bool{}}

func visit(known *info, key string) *info {
	one := known
	if one != nil {
		one.mu.Lock()
		defer one.mu.Unlock()
	} else {
		one = &info{used: map[string]bool{}}
	}
	if !one.used[key] {
		one.used[key] = true
	}
	return one
}

func main() {
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 200 {
				visit(shared, fmt.Sprint(i))
				visit(nil, fmt.Sprint(n, i))
				shared.mark(fmt.Sprint(i))
			}
		}()
	}
	wg.Wait()
	fmt.Println(shared.count())
}
