// Each watch has one goroutine that counts, and one that waits for it.
package main

import "sync"

type watch struct {
	events chan int
	added  map[int]bool
	ended  chan struct{}
}

func newWatch() *watch {
	return &watch{events: make(chan int, 10), added: map[int]bool{}, ended: make(chan struct{})}
}

func (w *watch) run() {
	var counting sync.WaitGroup
	counting.Add(1)
	go w.count(&counting)
	select {
	case <-w.ended:
	}
	counting.Wait()
}

func (w *watch) count(counting *sync.WaitGroup) {
	defer counting.Done()
	for {
		select {
		case event := <-w.events:
			w.added[event] = true
		case <-w.ended:
			return
		}
	}
}

func Watch() *watch {
	w := newWatch()
	go w.run()
	return w
}

func main() {
	for range 20 {
		w := Watch()
		for n := range 50 {
			w.events <- n
		}
		close(w.ended)
	}
}
