// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

type Tokens struct{ m sync.Map }

func (t *Tokens) Use(token string) bool {
	if _, ok := t.m.Load(token); ok {
		runtime.Gosched()
		t.m.Delete(token) // want "GM302.*token"
		return true
	}
	return false
}

type Worker struct{ id int }

type Workers struct{ m sync.Map }

// Leave takes a worker out, unless another one has its place by now.
func (w *Workers) Leave(name string, worker *Worker) {
	if v, ok := w.m.Load(name); ok && v == any(worker) {
		runtime.Gosched()
		w.m.Delete(name) // want "GM302.*name"
	}
}

func main() {
	var twice atomic.Int64
	for range 2000 {
		t := &Tokens{}
		t.m.Store("a", true)
		workers := &Workers{}
		worker := &Worker{}
		workers.m.Store("a", worker)
		var used atomic.Int64
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if t.Use("a") {
					used.Add(1)
				}
				workers.Leave("a", worker)
			})
		}
		wg.Wait()
		if used.Load() > 1 {
			twice.Add(1)
		}
	}
	if twice.Load() > 0 {
		fmt.Println("tokens used twice:", twice.Load())
		os.Exit(1)
	}
}
