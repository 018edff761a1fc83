package main

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"

	"example.com/testdata/concurrent_map_write/good_registered_in_a_hook/life"
)

type counter struct {
	mu   sync.Mutex
	seen map[string]int
}

func (c *counter) count(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[r.URL.Path]++
}

func register(cycle *life.Cycle, mux *http.ServeMux) {
	c := &counter{seen: map[string]int{}}
	cycle.Append(life.Hook{
		Name: "counter",
		OnStart: func() error {
			mux.HandleFunc("/", c.count)
			return nil
		},
	})
}

func main() {
	cycle, mux := &life.Cycle{}, http.NewServeMux()
	register(cycle, mux)
	if err := cycle.Start(); err != nil {
		panic(err)
	}
	var wg sync.WaitGroup
	for n := range 4 {
		wg.Go(func() {
			for range 500 {
				r := httptest.NewRequest("GET", "/"+strconv.Itoa(n), nil)
				mux.ServeHTTP(httptest.NewRecorder(), r)
			}
		})
	}
	wg.Wait()
}
