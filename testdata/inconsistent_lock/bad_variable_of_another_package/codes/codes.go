// Package codes knows numbers by their names.
package codes

import "sync"

var (
	Mu    sync.Mutex
	Known = map[string]int{}
)

func Put(name string, n int) {
	Mu.Lock()
	Known[name] = n
	Mu.Unlock()
}

func Drop(name string) {
	Mu.Lock()
	defer Mu.Unlock()
	delete(Known, name)
}
