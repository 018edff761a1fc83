// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
)

var locks sync.Map

// The lock that was there already is dropped: each caller locks its own.
func lockFor(key string) *sync.Mutex {
	mu := new(sync.Mutex)
	_, loaded := locks.LoadOrStore(key, mu) // want "GM303.*locks"
	if loaded {
		waits.Add(1)
	}
	return mu
}

var waits atomic.Int64

func main() {
	first, second := lockFor("k"), lockFor("k")
	first.Lock()
	if second.TryLock() {
		fmt.Println("both callers hold the lock of one key")
		os.Exit(1)
	}
}
