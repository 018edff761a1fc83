// fails: race

package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
)

// session has tracks as soon as it is published.
type session struct {
	ready  chan struct{}
	tracks map[string]int
}

func (s *session) publish(names []string) {
	s.tracks = map[string]int{}
	close(s.ready)
	for i, name := range names {
		s.tracks[name] = i
	}
}

func (s *session) track(ctx context.Context, name string) int {
	select {
	case <-s.ready:
	case <-ctx.Done():
		return 0
	}
	return s.tracks[name] // want "GM102.*session.tracks"
}

func (s *session) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.track(r.Context(), r.URL.Path) }

func main() {
	s := &session{ready: make(chan struct{})}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/a", nil))
			}
		})
	}
	wg.Go(func() { s.publish([]string{"/a", "/b"}) })
	wg.Wait()
}
