// fails: deadlock

package main

import (
	"sync"
)

type Acct struct {
	mu  sync.Mutex
	bal map[string]int
}

func (a *Acct) Withdraw(id string, n int) bool {
	a.mu.Lock()
	if a.bal[id] < n {
		return false // want "GM111"
	}
	a.bal[id] -= n
	a.mu.Unlock()
	return true
}

func main() {
	a := &Acct{bal: map[string]int{"x": 1}}
	a.Withdraw("x", 5)
	a.Withdraw("x", 1)
}
