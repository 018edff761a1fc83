package main

import "sync"

type account struct{ slots, dirty map[string]int }

// flush is called on a goroutine for each account.
func (a *account) flush() {
	for k, v := range a.dirty {
		a.slots[k] = v
	}
	a.dirty = map[string]int{}
}

type ledger struct{ accounts map[string]*account }

func (l *ledger) commit() {
	var wg sync.WaitGroup
	for name := range l.accounts {
		wg.Go(func() { l.accounts[name].flush() })
	}
	wg.Wait()
}

func main() {
	l := &ledger{map[string]*account{}}
	for _, name := range []string{"a", "b", "c"} {
		l.accounts[name] = &account{map[string]int{}, map[string]int{"x": 1}}
	}
	l.commit()
}
