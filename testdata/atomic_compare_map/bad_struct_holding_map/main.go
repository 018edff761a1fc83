// fails: panic comparing uncomparable type main.limits

package main

import "sync/atomic"

type limits struct {
	version int
	byUser  map[string]int
}

var current atomic.Value

func raise(user string, n int) bool {
	old := current.Load().(limits)
	return current.CompareAndSwap(old, limits{old.version + 1, map[string]int{user: n}}) // want "GM110.*byUser"
}

func main() {
	current.Store(limits{byUser: map[string]int{}})
	raise("ann", 3)
}
