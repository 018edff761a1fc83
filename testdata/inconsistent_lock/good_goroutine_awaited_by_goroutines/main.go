package main

import (
	"strconv"
	"sync"
)

type ledger struct {
	mu   sync.Mutex
	sums map[string]int
}

// add waits for its goroutine, and holds the lock until then.
func (l *ledger) add(name string) {
	l.mu.Lock()
	done := make(chan struct{})
	go func() {
		l.sums[name]++
		close(done)
	}()
	<-done
	l.mu.Unlock()
}

func (l *ledger) drop(name string) {
	l.mu.Lock()
	delete(l.sums, name)
	l.mu.Unlock()
}

func main() {
	l := &ledger{sums: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			l.add(strconv.Itoa(i % 50))
		}
	})
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			l.drop(strconv.Itoa(i % 50))
		}
	})
	wg.Wait()
}
