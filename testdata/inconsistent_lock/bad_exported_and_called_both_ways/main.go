// fails: race

package main

import (
	"fmt"
	"sync"
)

type Daemon struct {
	sync.Mutex
	topics map[string]int
}

// Names is called with the lock held by one, and without it by another.
func (d *Daemon) Names() []string {
	var names []string
	for name := range d.topics { // want "GM104"
		names = append(names, name)
	}
	return names
}

func (d *Daemon) Persist() {
	d.Lock()
	defer d.Unlock()
	_ = fmt.Sprint(d.Names())
}

func (d *Daemon) Show() {
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
			for i := range 1000 {
				d.Topic(fmt.Sprint(i))
				d.Persist()
				d.Show()
			}
		})
	}
	wg.Wait()
}
