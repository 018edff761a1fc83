package main

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
)

type Model struct {
	Name    string
	Options map[string]int
}

// clone gives a model with options of its own: what is assigned are the fields of the copy.
func clone(in *Model) *Model {
	out := *in
	out.Options = maps.Clone(in.Options)
	out.Options["used"] = 1
	return &out
}

type server struct{ model *Model }

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mine := clone(s.model)
	mine.Options["seed"] = len(r.URL.Path)
}

func main() {
	s := &server{&Model{"m", map[string]int{"temperature": 1}}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 300 {
				s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
			}
		})
	}
	wg.Wait()
}
