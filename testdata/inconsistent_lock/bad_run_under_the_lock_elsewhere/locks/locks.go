// Package locks has a helper for short critical sections.
package locks

import "sync"

// With runs do when the lock is free.
func With(lock sync.Locker, do func()) {
	lock.Lock()
	lock.Unlock()
	do()
}

// Shared gives what get returns, and holds the lock for reading meanwhile.
func Shared[T any](lock *sync.RWMutex, get func() T) T {
	lock.RLock()
	defer lock.RUnlock()
	return get()
}
