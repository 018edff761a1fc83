package main

import (
	"net/http"
	"net/http/httptest"
	"sync"
)

type Context struct {
	request *http.Request
	values  map[string]string
}

func (c *Context) Begin(_ http.ResponseWriter, r *http.Request) {
	c.request = r
	c.values = map[string]string{}
}

func (c *Context) Set(key, value string) {
	c.values[key] = value
}

var contexts = sync.Pool{New: func() any { return new(Context) }}

func handle(w http.ResponseWriter, r *http.Request) {
	c := contexts.Get().(*Context)
	c.Begin(w, r)
	c.Set("path", r.URL.Path)
	contexts.Put(c)
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
