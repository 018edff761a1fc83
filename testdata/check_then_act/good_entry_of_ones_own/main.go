package main

import (
	"fmt"
	"sync"
)

type tracker struct {
	mu      sync.Mutex
	written map[string]int
}

func (t *tracker) get(ref string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.written[ref]
}

func (t *tracker) set(ref string, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.written[ref] = n
}

// Writer is used by one goroutine; the tracker is shared, but each writer has an entry of its own.
type Writer struct {
	ref     string
	tracker *tracker
}

func (w *Writer) Write(p []byte) (int, error) {
	n := w.tracker.get(w.ref)
	w.tracker.set(w.ref, n+len(p))
	return len(p), nil
}

func main() {
	t := &tracker{written: map[string]int{}}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			w := &Writer{fmt.Sprint(i), t}
			for range 100 {
				fmt.Fprint(w, "x")
			}
		})
	}
	wg.Wait()
	if t.get("3") != 100 {
		panic("lost")
	}
}
