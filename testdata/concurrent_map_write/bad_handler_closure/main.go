// fails: race

package main

import (
	"net/http"
	"net/http/httptest"
	"sync"
)

func routes() http.Handler {
	mux := http.NewServeMux()
	tokens := map[string]bool{}
	mux.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		tokens[r.URL.Query().Get("t")] = true // want "GM101.*tokens"
	})
	return mux
}

func main() {
	handler := routes()
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/login?t=1", nil))
			}
		})
	}
	wg.Wait()
}
