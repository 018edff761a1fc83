// What comes out of a pool is its holder's own until it goes back: Reset needs no lock.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

type exchange struct {
	mu     sync.RWMutex
	values map[string]string
	query  map[string][]string
}

func (e *exchange) Set(key, value string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.values[key] = value
}

func (e *exchange) Get(key string) string {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.values[key]
}

func (e *exchange) Query(r *http.Request) map[string][]string {
	if e.query == nil {
		e.query = r.URL.Query()
	}
	return e.query
}

// Reset makes it ready for the next request.
func (e *exchange) Reset(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Path", r.URL.Path)
	clear(e.values)
	e.query = nil
}

type server struct{ pool sync.Pool }

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e := s.pool.Get().(*exchange)
	defer s.pool.Put(e)
	e.Reset(w, r)
	e.Set("path", r.URL.Path)
	fmt.Fprint(w, e.Get("path"), len(e.Query(r)))
}

func main() {
	s := &server{}
	s.pool.New = func() any { return &exchange{values: map[string]string{}} }
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 50 {
				s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/a?b=c", nil))
			}
		}()
	}
	wg.Wait()
}
