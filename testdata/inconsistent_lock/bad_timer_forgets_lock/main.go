// fails: race

package main

import (
	"sync"
	"time"
)

type Leases struct {
	mu   sync.Mutex
	held map[int]time.Time
}

func (l *Leases) Take(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held[id] = time.Now()
	time.AfterFunc(time.Microsecond, func() {
		delete(l.held, id) // want "GM10[14].*held"
	})
}

func (l *Leases) Held(id int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, ok := l.held[id]
	return ok
}

func main() {
	l := &Leases{held: map[int]time.Time{}}
	for i := 0; i < 20000; i++ {
		l.Take(i)
		l.Held(i)
	}
	time.Sleep(20 * time.Millisecond)
}
