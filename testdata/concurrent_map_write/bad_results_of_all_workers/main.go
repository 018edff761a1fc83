// fails: race

package main

import "sync"

type worker struct {
	id      int
	results map[int]int
	done    *sync.WaitGroup
}

func (w *worker) run() {
	defer w.done.Done()
	w.results[w.id] = w.id * w.id // want "GM101"
}

func main() {
	var done sync.WaitGroup
	results := make(map[int]int)
	for id := range 100 {
		w := &worker{id: id, results: results, done: &done}
		done.Add(1)
		go w.run()
	}
	done.Wait()
}
