// Package drivers knows drivers by their names.
package drivers

type Driver struct{ Size int }

var all = map[string]Driver{}

// Put stores what it is given, as its callers know, and returns what was there.
func Put(name string, driver Driver) Driver {
	old, ok := all[name]
	if !ok {
		all[name] = driver
	}
	return old
}
