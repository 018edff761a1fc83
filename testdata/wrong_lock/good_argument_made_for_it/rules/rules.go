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

func newRule() *Rule { return &Rule{params: map[string]int{}} }

func (r *Rule) Get(name string) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.params[name]
}

// Update takes over what another rule holds, which its caller has just made.
func (r *Rule) Update(other *Rule) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if reflect.DeepEqual(r.params, other.params) {
		return false
	}
	r.params = other.params
	return true
}

type Plugin struct{ rule *Rule }

func New() *Plugin { return &Plugin{newRule()} }

func (p *Plugin) Parse(name string, value int) bool {
	other := &Rule{params: map[string]int{name: value}}
	return p.rule.Update(other)
}

func (p *Plugin) Get(name string) int { return p.rule.Get(name) }
