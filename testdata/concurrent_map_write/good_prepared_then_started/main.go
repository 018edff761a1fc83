// Each iteration prepares a worker and starts it: the goroutines of earlier iterations have other ones.
package main

import "sync"

type worker struct {
	names map[string]int
}

func (w *worker) prepare(name string) { w.names[name]++ }

func (w *worker) run() { clear(w.names) }

func main() {
	workers := make([]*worker, 1000)
	for i := range workers {
		workers[i] = &worker{names: map[string]int{}}
	}
	var wg sync.WaitGroup
	for _, w := range workers {
		w.prepare("a")
		wg.Go(func() { w.run() })
	}
	wg.Wait()
}
