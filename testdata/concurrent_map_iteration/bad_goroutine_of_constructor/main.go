// fails: race

package main

import (
	"time"
)

type Janitor struct {
	items map[int]time.Time
	stop  chan struct{}
}

func New() *Janitor {
	j := &Janitor{items: map[int]time.Time{}, stop: make(chan struct{})}
	go j.loop()
	return j
}

func (j *Janitor) loop() {
	for {
		select {
		case <-j.stop:
			return
		default:
			for k, at := range j.items { // want "GM103.*items"
				if time.Since(at) > time.Microsecond {
					delete(j.items, k) // want-related "GM101.*items"
				}
			}
		}
	}
}

func (j *Janitor) Put(k int) { j.items[k] = time.Now() } // may "GM10[13].*items"

func main() {
	j := New()
	for i := 0; i < 100000; i++ {
		j.Put(i)
	}
	close(j.stop)
}
