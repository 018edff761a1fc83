package main

import (
	"fmt"
	"sync"
)

type repository struct{ ID, owner string }

type watcher struct {
	seen sync.Map
	wg   sync.WaitGroup
}

// One goroutine for each repository, which alone counts under its name.
func (w *watcher) run(repo repository) {
	defer w.wg.Done()
	for range 2000 {
		w.count(repo.ID)
	}
}

func (w *watcher) count(id string) {
	last := 0
	if v, ok := w.seen.Load(id); ok {
		last = v.(int)
	}
	w.seen.Store(id, last+1)
}

// queue hands out each key once until it is done.
type queue struct {
	keys chan string
	mu   sync.Mutex
}

func (q *queue) Get() (string, bool) {
	q.mu.Lock()
	key, ok := <-q.keys
	return key, ok
}

func (q *queue) Done(string) { q.mu.Unlock() }

func (w *watcher) work(q *queue) {
	defer w.wg.Done()
	for w.next(q) {
	}
}

func (w *watcher) next(q *queue) bool {
	key, ok := q.Get()
	defer q.Done(key)
	if ok {
		w.take(key)
	}
	return ok
}

func (w *watcher) take(key string) {
	if v, ok := w.seen.Load(key); ok {
		w.seen.Delete(key)
		fmt.Println("took", key, v)
	}
}

func main() {
	w := &watcher{}
	for _, repo := range []repository{{"a", "ann"}, {"b", "ann"}, {"c", "ann"}} {
		w.wg.Add(1)
		go w.run(repo)
	}
	w.wg.Wait()
	q := &queue{keys: make(chan string, 2)}
	q.keys <- "a"
	q.keys <- "b"
	close(q.keys)
	for range 2 {
		w.wg.Add(1)
		go w.work(q)
	}
	w.wg.Wait()
}
