package main

import (
	"strconv"
	"sync"
)

type Ledger struct {
	mu      sync.Mutex
	balance map[string]int
}

func (l *Ledger) withLock(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f()
}

func (l *Ledger) Add(account string, n int) {
	l.withLock(func() {
		l.balance[account] += n
	})
}

func (l *Ledger) Total() (sum int) {
	l.withLock(func() {
		for _, n := range l.balance {
			sum += n
		}
	})
	return sum
}

func main() {
	l := &Ledger{balance: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				l.Add(strconv.Itoa(i%10), 1)
				l.Total()
			}
		})
	}
	wg.Wait()
	if l.Total() != 4000 {
		panic(l.Total())
	}
}
