// fails: race

package main

import "sync"

type account struct{ slots, dirty map[string]int }

// flush is called on many goroutines for one account.
func (a *account) flush(n int) {
	for i := range 1000 {
		a.slots["k"] = n + i // want "GM101"
	}
}

type ledger struct{ accounts map[string]*account }

func (l *ledger) commit(owner string) {
	var wg sync.WaitGroup
	for name := range l.accounts {
		wg.Go(func() { l.accounts[owner].flush(len(name)) })
	}
	wg.Wait()
}

func main() {
	l := &ledger{map[string]*account{}}
	for _, name := range []string{"a", "b", "c"} {
		l.accounts[name] = &account{map[string]int{}, map[string]int{"x": 1}}
	}
	l.commit("a")
}
