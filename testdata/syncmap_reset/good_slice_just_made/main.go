// The elements are set right after the slice has been made, before anybody is told.
package main

import "sync"

type Group struct {
	id      int
	members sync.Map
}

type Dispatcher struct {
	groups  []Group
	started chan bool
}

func (d *Dispatcher) Run(n int) {
	d.groups = make([]Group, n)
	for i := range n {
		d.groups[i] = Group{id: i}
	}
	close(d.started)
}

func (d *Dispatcher) Add(i int, name string) {
	<-d.started
	d.groups[i].members.Store(name, true)
}

func main() {
	d := &Dispatcher{started: make(chan bool)}
	done := make(chan bool)
	go func() { d.Add(0, "a"); close(done) }()
	d.Run(2)
	<-done
}
