// fails: race

package main

import (
	"sync"
	"sync/atomic"
	"time"
)

type task struct {
	mu      sync.Mutex
	started time.Time
	closing atomic.Bool
	seen    map[int]int
	wg      sync.WaitGroup
}

func (t *task) Start() {
	t.mu.Lock()
	if !t.started.IsZero() {
		t.mu.Unlock()
		return
	}
	_ = time.Now()
	t.mu.Unlock()
	t.wg.Add(1)
	go t.run()
}

func (t *task) run() {
	defer t.wg.Done()
	for n := range 1000 {
		t.seen[n]++ // want "GM101.*task.seen"
	}
}

func (t *task) Close() {
	if !t.closing.CompareAndSwap(false, true) {
		return
	}
	println("closed")
}

var shared = &task{seen: map[int]int{}}

func main() {
	for range 10 {
		shared.Start()
	}
	time.Sleep(10 * time.Millisecond)
	shared.Close()
	shared.wg.Wait()
}
