// fails: race

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

var (
	hitsMu sync.Mutex
	hits   = map[string]int{}
)

func count(w http.ResponseWriter, r *http.Request) {
	hitsMu.Lock()
	hits[r.URL.Path]++
	hitsMu.Unlock()
}

func reset(w http.ResponseWriter, r *http.Request) {
	hitsMu.Lock()
	defer hitsMu.Unlock()
	clear(hits)
}

func show(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, hits[r.URL.Path]) // want "GM10[24].*hits"
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", count)
	mux.HandleFunc("/reset", reset)
	mux.HandleFunc("/show", show)
	var wg sync.WaitGroup
	for _, path := range []string{"/a", "/b", "/reset", "/show"} {
		wg.Go(func() {
			for i := 0; i < 500; i++ {
				mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
			}
		})
	}
	wg.Wait()
}
