// fails: race

package main

import (
	"errors"
	"sync"
)

type entry struct {
	sync.RWMutex
	tags map[string]int
}

type registry struct {
	mu      sync.Mutex
	entries map[string]*entry
}

// locked gives an entry with its lock held, in shared mode if it is only for reading, and what gives the lock back.
func (r *registry) locked(name string, readOnly bool) (*entry, func(), error) {
	r.mu.Lock()
	e := r.entries[name]
	r.mu.Unlock()
	if e == nil {
		return nil, nil, errors.New("no such entry")
	}
	var unlock func()
	if readOnly {
		unlock = func() { e.RUnlock() }
		e.RLock()
	} else {
		unlock = func() { e.Unlock() }
		e.Lock()
	}
	return e, unlock, nil
}

func (r *registry) find(name string, readOnly bool) (*entry, func(), error) {
	return r.locked(name, readOnly)
}

func (r *registry) Add(name, tag string) error {
	e, unlock, err := r.find(name, true)
	if err != nil {
		return err
	}
	e.tags[tag]++ // want "GM105.*entry.tags"
	unlock()
	return nil
}

func (r *registry) Sum(name string) (sum int) {
	e, unlock, err := r.find(name, true)
	if err != nil {
		return 0
	}
	for _, n := range e.tags {
		sum += n
	}
	unlock()
	return sum
}

func main() {
	r := &registry{entries: map[string]*entry{"a": {tags: map[string]int{}}}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 1000 {
				r.Add("a", "x")
			}
		})
		wg.Go(func() {
			for range 1000 {
				r.Sum("a")
			}
		})
	}
	wg.Wait()
}
