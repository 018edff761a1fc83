package main

import "sync"

type Tokens struct{ m sync.Map }

func (t *Tokens) Use(token string) bool {
	_, ok := t.m.LoadAndDelete(token)
	return ok
}

// Forget may be called by anybody: that it is gone is all that counts.
func (t *Tokens) Forget(token string) {
	if _, ok := t.m.Load(token); ok {
		t.m.Delete(token)
	}
}

type Worker struct{ id int }

type Workers struct{ m sync.Map }

func (w *Workers) Leave(name string, worker *Worker) bool {
	return w.m.CompareAndDelete(name, worker)
}

func main() {
	t := &Tokens{}
	t.m.Store("a", true)
	workers := &Workers{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			t.Use("a")
			t.Forget("a")
			workers.Leave("a", nil)
		})
	}
	wg.Wait()
}
