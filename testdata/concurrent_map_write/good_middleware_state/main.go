package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
)

func countHits(next http.Handler) http.Handler {
	var mu sync.Mutex
	hits := map[string]int{}
	names := map[string]string{"/a": "first"} // never changed again
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		hits[r.URL.Path]++
		mu.Unlock()
		seen := map[string]bool{}
		seen[names[r.URL.Path]] = true // one for each request
		next.ServeHTTP(w, r)
	})
}

// The handler is made anew for each request, with what it captures.
func perRequest(w http.ResponseWriter, r *http.Request) {
	values := map[string]int{}
	inner := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { values["n"]++ })
	inner.ServeHTTP(w, r)
}

func main() {
	hello := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		perRequest(w, r)
		io.WriteString(w, "hello")
	})
	server := httptest.NewServer(countHits(hello))
	defer server.Close()
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 50; i++ {
				if response, err := http.Get(server.URL + "/a"); err == nil {
					response.Body.Close()
				}
			}
		})
	}
	wg.Wait()
}
