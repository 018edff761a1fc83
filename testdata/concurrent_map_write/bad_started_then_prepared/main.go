// fails: race
// Each iteration starts a worker and prepares it when it runs already.
package main

import "sync"

type worker struct {
	names map[string]int
}

func (w *worker) prepare(name string) { w.names[name]++ } // want "GM101"

func (w *worker) run() { clear(w.names) } // may "GM101"

func main() {
	workers := make([]*worker, 1000)
	for i := range workers {
		workers[i] = &worker{names: map[string]int{}}
	}
	var wg sync.WaitGroup
	for _, w := range workers {
		wg.Go(func() { w.run() })
		w.prepare("a")
	}
	wg.Wait()
}
