package main

import (
	"net/http"
	"net/http/httptest"
	"sync"
)

func routes() http.Handler {
	mux := http.NewServeMux()
	allowed := map[string]bool{"1": true} // filled before the first request, never written again
	mux.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		seen := map[string]bool{} // one for each request
		for _, t := range r.URL.Query()["t"] {
			seen[t] = allowed[t]
		}
		w.Header()["X-Seen"] = []string{"yes"}
	})
	return mux
}

func main() {
	handler := routes()
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 200; i++ {
				handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/login?t=1", nil))
			}
		})
	}
	wg.Wait()
}
