// Package rules holds what has been parsed.
package rules

import (
	"reflect"
	"sync"
)

type Rule struct {
	mu     sync.RWMutex
	params map[string]int
}

func NewRule() *Rule { return &Rule{params: map[string]int{}} }

func (r *Rule) Get(name string) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.params[name]
}

// Update takes over what another rule holds, without its lock.
func (r *Rule) Update(other *Rule) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if reflect.DeepEqual(r.params, other.params) { // want "GM108"
		return false
	}
	r.params = other.params // may "GM10[48]"
	return true
}

// Parse makes another rule for it; those who have rules of their own may not.
func (r *Rule) Parse(name string, value int) bool {
	other := &Rule{params: map[string]int{name: value}}
	return r.Update(other)
}

func (r *Rule) Set(name string, value int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.params[name] = value
}
