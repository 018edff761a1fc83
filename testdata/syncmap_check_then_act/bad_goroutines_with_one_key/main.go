// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

type repository struct{ ID, owner string }

type watcher struct {
	seen sync.Map
	wg   sync.WaitGroup
}

// Each goroutine has a repository of its own, but the owner is that of many.
func (w *watcher) run(repo repository) {
	defer w.wg.Done()
	for range 2000 {
		w.count(repo.owner)
	}
}

func (w *watcher) count(owner string) {
	last := 0
	if v, ok := w.seen.Load(owner); ok {
		last = v.(int)
	}
	runtime.Gosched()           // others get their turn, as they may at any time
	w.seen.Store(owner, last+1) // want "GM302.*seen"
}

func main() {
	w := &watcher{}
	for _, repo := range []repository{{"a", "ann"}, {"b", "ann"}, {"c", "ann"}} {
		w.wg.Add(1)
		go w.run(repo)
	}
	w.wg.Wait()
	if n, _ := w.seen.Load("ann"); n != 6000 {
		fmt.Println("counted", n, "of 6000")
		os.Exit(1)
	}
}
