// Package watch calls what it keeps on a goroutine of its own.
package watch

import "strconv"

type Watch struct {
	handlers []func(name string)
	names    chan string
}

func New() *Watch {
	w := &Watch{names: make(chan string)}
	return w
}

// OnChange keeps a function, which is called for each change.
func (w *Watch) OnChange(f func(name string)) {
	w.handlers = append(w.handlers, f)
}

func (w *Watch) Run(changes int) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for name := range w.names {
			for _, handle := range w.handlers {
				handle(name)
			}
		}
	}()
	for i := range changes {
		w.names <- strconv.Itoa(i)
	}
	close(w.names)
	<-done
}
