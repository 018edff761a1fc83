// fails: race
// The object is locked on one way only, and on the other one it is just as shared.
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

func (i *info) visit(key string, careful bool) {
	if careful {
		i.mu.Lock()
		defer i.mu.Unlock()
	}
	if !i.used[key] { // may "GM104"
		i.used[key] = true // want "GM104 inconsistent-lock: info.used"
	}
}

func main() {
	shared := &info{used: map[string]bool{}}
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 200 {
				shared.visit(fmt.Sprint(i), n%2 == 0)
				shared.mark(fmt.Sprint(i))
			}
		}()
	}
	wg.Wait()
	fmt.Println(shared.count())
}
