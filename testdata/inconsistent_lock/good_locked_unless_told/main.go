// ok
// Each caller says whether it holds the lock.
package main

import (
	"strconv"
	"sync"
)

type jobs struct {
	mu      sync.Mutex
	running map[string]bool
}

func (j *jobs) start(id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.running[id] = true
	if len(id) > 3 {
		j.finish(id, false)
	}
}

// finish takes the lock, unless it is told that its caller holds it.
func (j *jobs) finish(id string, lock bool) {
	if lock {
		j.mu.Lock()
		defer j.mu.Unlock()
	}
	delete(j.running, id)
}

func main() {
	j := &jobs{running: map[string]bool{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 2000 {
				j.start(strconv.Itoa(i))
				j.finish(strconv.Itoa(i), true)
			}
		}()
	}
	wg.Wait()
}
