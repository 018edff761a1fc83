// fails: race

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

type Server struct {
	sessions map[string]int
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := r.Header.Get("X-Session")
	s.sessions[id]++ // want "GM101.*sessions"
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	s := &Server{sessions: map[string]int{}}
	srv := httptest.NewServer(s)
	defer srv.Close()
	var wg sync.WaitGroup
	for g := 0; g < 16; g++ {
		wg.Go(func() {
			for i := 0; i < 100; i++ {
				req, _ := http.NewRequest("GET", srv.URL, nil)
				req.Header.Set("X-Session", fmt.Sprint(i))
				if resp, err := http.DefaultClient.Do(req); err == nil {
					resp.Body.Close()
				}
			}
		})
	}
	wg.Wait()
}
