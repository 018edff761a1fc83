// fails: race

package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
)

// One map for all requests: made once, where the middleware is put together.
func countHits(next http.Handler) http.Handler {
	hits := map[string]int{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits[r.URL.Path]++ // want "GM101.*hits.*once per request"
		next.ServeHTTP(w, r)
	})
}

func main() {
	hello := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") })
	server := httptest.NewServer(countHits(hello))
	defer server.Close()
	var wg sync.WaitGroup
	for g := 0; g < 8; g++ {
		wg.Go(func() {
			for i := 0; i < 100; i++ {
				if response, err := http.Get(server.URL + "/a"); err == nil {
					response.Body.Close()
				}
			}
		})
	}
	wg.Wait()
}
