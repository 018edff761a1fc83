// fails: race
// Reset of what all requests share forgets the lock that Set and Get take.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

type counters struct {
	mu     sync.RWMutex
	values map[string]int
}

func (c *counters) Set(key string, value int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.values[key] = value
}

func (c *counters) Get(key string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.values[key]
}

// Reset forgets what was counted.
func (c *counters) Reset() {
	clear(c.values) // want "GM104 inconsistent-lock: counters.values"
}

type server struct {
	buffers sync.Pool
	counted *counters
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/reset" {
		s.counted.Reset()
		return
	}
	s.counted.Set(r.URL.Path, 1)
	fmt.Fprint(w, s.counted.Get(r.URL.Path))
}

func main() {
	s := &server{counted: &counters{values: map[string]int{}}}
	var wg sync.WaitGroup
	for _, path := range []string{"/a", "/b", "/reset", "/reset"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 200 {
				s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
			}
		}()
	}
	wg.Wait()
}
