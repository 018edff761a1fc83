// fails: deadlock

package main

import (
	"sync"
)

type Reg struct {
	mu sync.RWMutex
	m  map[string]int
}

func (r *Reg) Ensure(k string) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	v, ok := r.m[k]
	if !ok {
		r.mu.Lock() // want "GM111"
		r.m[k] = 1
		v = 1
		r.mu.Unlock()
	}
	return v
}

func main() {
	r := &Reg{m: map[string]int{}}
	r.Ensure("a")
}
