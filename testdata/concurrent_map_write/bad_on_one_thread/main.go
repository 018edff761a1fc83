// fails: race

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
)

// mainThread runs what it gets, one after the other.
var mainThread = make(chan func())

func dispatchOnMainThread(fn func()) { mainThread <- fn }

// invoke waits until the function has run.
func invoke(fn func() error) (err error) {
	done := make(chan struct{})
	dispatchOnMainThread(func() {
		defer close(done)
		err = fn()
	})
	<-done
	return err
}

type shortcuts struct{ ids map[string]int }

func (s *shortcuts) register(name string) error {
	if _, known := s.ids[name]; known { // may "GM10[12].*shortcuts.ids"
		return fmt.Errorf("%s is known", name)
	}
	s.ids[name] = len(s.ids) // want "GM10[12].*shortcuts.ids"
	return nil
}

func (s *shortcuts) unregister(name string) error {
	delete(s.ids, name) // may "GM10[12].*shortcuts.ids"
	return nil
}

type server struct{ shortcuts *shortcuts }

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path
	if s.shortcuts.register(name) == nil {
		invoke(func() error { return s.shortcuts.unregister(name) })
	}
}

func main() {
	go func() {
		s := &server{&shortcuts{map[string]int{}}}
		for range 4 {
			go func() {
				for range 100 {
					s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/a", nil))
				}
			}()
		}
	}()
	for range 200 {
		(<-mainThread)()
	}
}
