package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

type Watchers struct{ stops map[string]chan struct{} }

func (w *Watchers) Add(id string) { w.stops[id] = make(chan struct{}) }

func (w *Watchers) Stop(id string) {
	if stop, ok := w.stops[id]; ok {
		close(stop)
		delete(w.stops, id)
	}
}

var (
	mu      sync.Mutex
	visits  = map[string]int{}
	methods = map[bool]int{}
)

func handle(w http.ResponseWriter, r *http.Request) {
	mu.Lock()
	defer mu.Unlock()
	if len(visits) > 1000 {
		clear(visits)
	}
	visits[r.URL.Path]++
	methods[r.Method == http.MethodGet]++
}

func main() {
	w := &Watchers{stops: map[string]chan struct{}{}}
	w.Add("a")
	w.Stop("a")
	http.HandleFunc("/", handle)
	handle(httptest.NewRecorder(), httptest.NewRequest("GET", "/a", nil))
	mu.Lock()
	defer mu.Unlock()
	fmt.Println(len(w.stops), len(visits), len(methods))
}
