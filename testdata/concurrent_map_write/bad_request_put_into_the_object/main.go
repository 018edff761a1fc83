// fails: race

package main

import (
	"net/http"
	"net/http/httptest"
	"sync"
)

type Context struct {
	values map[string]string
}

func (c *Context) Begin(_ http.ResponseWriter, r *http.Request) {
	c.values = map[string]string{} // may "GM101"
	c.values["path"] = r.URL.Path  // want "GM101.*Context.values"
}

var context Context

func handle(w http.ResponseWriter, r *http.Request) {
	context.Begin(w, r)
}

func main() {
	var requests sync.WaitGroup
	for range 50 {
		requests.Go(func() {
			handle(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
		})
	}
	requests.Wait()
}
