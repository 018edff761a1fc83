// One goroutine alone runs the method that writes the mark, and nobody else looks at it.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type rate struct {
	first bool
	count atomic.Int64
	last  atomic.Int64
}

func (r *rate) report() {
	if r.first {
		r.first = false
		r.count.Swap(0)
		return
	}
	r.last.Store(r.count.Swap(0))
}

type Tracker struct {
	root   rate
	groups sync.Map
	done   chan bool
}

func (t *Tracker) Start() {
	go t.loop()
}

func (t *Tracker) loop() {
	defer close(t.done)
	for range 100 {
		t.root.report()
		t.groups.Range(func(_, value any) bool {
			value.(*rate).report()
			return true
		})
	}
}

func (t *Tracker) Count(name string) {
	value, _ := t.groups.LoadOrStore(name, &rate{first: true})
	value.(*rate).count.Add(1)
}

func main() {
	t := &Tracker{done: make(chan bool)}
	t.Start()
	for i := range 100 {
		t.Count(fmt.Sprint(i % 3))
	}
	<-t.done
}
