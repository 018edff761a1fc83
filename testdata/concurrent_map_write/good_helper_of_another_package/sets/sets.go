// Package sets has helpers for sets of names.
package sets

import "sync"

var (
	mu    sync.Mutex
	known = map[string]int{}
)

// Register remembers a name for all.
func Register(name string) {
	mu.Lock()
	defer mu.Unlock()
	count(name)
}

func count(name string) { known[name]++ }

// Add puts a name into a set.
func Add(set map[string]bool, name string) {
	if name != "" {
		set[name] = true
	}
}

// With gives a set that has the name as well.
func With(set map[string]bool, name string) map[string]bool {
	larger := map[string]bool{name: true}
	for one := range set {
		Add(larger, one)
	}
	set = larger
	set[name] = true
	return set
}
