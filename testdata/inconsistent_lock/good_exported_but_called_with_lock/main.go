package main

import (
	"fmt"
	"sync"
)

type Daemon struct {
	sync.Mutex
	topics map[string]int
}

// Names is called with the lock held by everyone here, so that it can't take it.
func (d *Daemon) Names() []string {
	var names []string
	for name := range d.topics {
		names = append(names, name)
	}
	return names
}

func (d *Daemon) Persist() {
	d.Lock()
	defer d.Unlock()
	_ = fmt.Sprint(d.Names())
}

func (d *Daemon) Topic(name string) {
	d.Lock()
	defer d.Unlock()
	d.topics[name]++
}

func main() {
	d := &Daemon{topics: map[string]int{}}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := range 300 {
				d.Topic(fmt.Sprint(i))
				d.Persist()
			}
		})
	}
	wg.Wait()
}
