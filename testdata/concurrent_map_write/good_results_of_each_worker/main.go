package main

import (
	"maps"
	"sync"
)

type worker struct {
	id       int
	defaults map[int]int
	results  map[int]int
	done     *sync.WaitGroup
}

func (w *worker) run() {
	defer w.done.Done()
	w.defaults = maps.Clone(w.defaults)
	w.defaults[w.id] = w.id
	w.results[w.id] = w.id * w.id
}

func main() {
	var done sync.WaitGroup
	defaults := map[int]int{0: 0}
	all := make([]map[int]int, 100)
	for id := range 100 {
		results := make(map[int]int)
		all[id] = results
		w := &worker{id: id, defaults: defaults, results: results, done: &done}
		done.Add(1)
		go w.run()
	}
	done.Wait()
}
