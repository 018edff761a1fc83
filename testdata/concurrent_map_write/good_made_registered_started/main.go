// Each start makes a worker, registers it in place of the one before, and starts it.
package main

import (
	"strconv"
	"sync"
)

type worker struct {
	done  chan struct{}
	sizes map[string]int
}

var (
	mu      sync.Mutex
	workers = map[string]*worker{}
)

func start(id string) *worker {
	mu.Lock()
	defer mu.Unlock()
	w := &worker{done: make(chan struct{}, 8), sizes: map[string]int{}}
	workers[id] = w
	go w.run()
	return w
}

func (w *worker) run() {
	defer func() { w.done <- struct{}{} }()
	for n := range 1000 {
		w.sizes[strconv.Itoa(n)] = n
	}
}

func main() {
	var all []*worker
	for range 4 {
		all = append(all, start("a"))
	}
	for _, w := range all {
		<-w.done
	}
}
