// Package sets has helpers for sets of names.
package sets

var known = map[string]int{}

// Register remembers a name for all.
func Register(name string) { known[name]++ } // want-related "GM101.*known"

// Add puts a name into a set.
func Add(set map[string]bool, name string) {
	if name != "" {
		set[name] = true // want-related "GM101.*seen"
	}
}
