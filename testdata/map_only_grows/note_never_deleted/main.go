// note: nothing is wrong yet, but it grows with each watcher

package main

import "fmt"

type Watchers struct{ stops map[string]chan struct{} }

func (w *Watchers) Add(id string) {
	w.stops[id] = make(chan struct{}) // want "GM501.*stops"
}

func (w *Watchers) Stop(id string) {
	if stop, ok := w.stops[id]; ok {
		close(stop)
	}
}

func main() {
	w := &Watchers{stops: map[string]chan struct{}{}}
	w.Add("a")
	w.Stop("a")
	fmt.Println(len(w.stops))
}
