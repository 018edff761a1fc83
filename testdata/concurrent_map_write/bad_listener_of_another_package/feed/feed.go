package feed

import "sync"

// Listener hears of connections.
type Listener interface {
	Opened(id int)
	Closed(id int)
}

// Options say who is to hear.
type Options struct {
	Listener Listener
	Workers  int
}

// Feed opens connections.
type Feed struct {
	options Options
	ids     chan int
	done    sync.WaitGroup
}

// New makes a Feed.
func New(options Options) *Feed { return &Feed{options: options, ids: make(chan int)} }

// Serve handles connections on several goroutines, until Close.
func (f *Feed) Serve() {
	for range f.options.Workers {
		f.done.Add(1)
		go f.handle()
	}
}

func (f *Feed) handle() {
	defer f.done.Done()
	for id := range f.ids {
		f.options.Listener.Opened(id)
		f.options.Listener.Closed(id)
	}
}

// Open opens a connection.
func (f *Feed) Open(id int) { f.ids <- id }

// Close waits for the end.
func (f *Feed) Close() {
	close(f.ids)
	f.done.Wait()
}
