// fails: race

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

var pages map[string]string

func page(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, pages[r.URL.Path]) // want "GM102.*pages"
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", page)
	pages = map[string]string{}
	var visitors, writers sync.WaitGroup
	visitors.Go(func() {
		for i := range 2_000 {
			mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", fmt.Sprint("/", i%10), nil))
		}
	})
	for i := range 20_000 {
		pages[fmt.Sprint("/", i%10)] = "here" // may "GM102"
	}
	visitors.Wait()
	go writers.Wait()
}
