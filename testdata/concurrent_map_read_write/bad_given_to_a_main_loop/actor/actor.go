// Package actor does things one after the other, on the goroutine that runs it.
package actor

type Actor struct {
	work chan func()
	done chan struct{}
}

func New() *Actor {
	return &Actor{work: make(chan func(), 10), done: make(chan struct{})}
}

func (a *Actor) Close() { close(a.done) }

func (a *Actor) Run() {
	for {
		select {
		case f := <-a.work:
			f()
		case <-a.done:
			return
		}
	}
}

// Do has it done some time.
func (a *Actor) Do(f func()) { a.work <- f }
