// fails: race

package main

import (
	"net/http"
	"net/http/httptest"
	"sync"
)

type Model struct {
	Name    string
	Options map[string]int
}

// clone copies the struct, but both have one map.
func clone(in *Model) *Model {
	out := *in
	out.Name = "copy of " + in.Name
	out.Options["used"] = 1 // want "GM101"
	return &out
}

type server struct{ model *Model }

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mine := clone(s.model)
	_ = mine.Name
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
