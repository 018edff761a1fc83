package main

import "sync"

type Account struct {
	mu      sync.Mutex
	entries map[string]int
}

func (a *Account) Add(key string, n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.entries[key] += n
}

// Move holds one account's lock while it takes the other's: two locks, of two objects.
func (a *Account) Move(to *Account, key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	to.Add(key, a.entries[key])
	delete(a.entries, key)
}

func main() {
	a, b := &Account{entries: map[string]int{"x": 1}}, &Account{entries: map[string]int{}}
	a.Move(b, "x")
	if b.entries["x"] != 1 {
		panic("lost")
	}
}
