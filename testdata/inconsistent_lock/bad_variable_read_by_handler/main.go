// fails: race
// A variable of the package that a lock guards is for all requests, and for whoever loads it anew.
package main

import (
	"net/http"
	"net/http/httptest"
	"sync"
)

var (
	policiesMu sync.RWMutex
	policies   = map[string]string{}
)

func Reload(names []string) {
	policiesMu.Lock()
	defer policiesMu.Unlock()
	for _, name := range names {
		policies[name] = "allow"
	}
}

func Known(name string) bool {
	policiesMu.RLock()
	defer policiesMu.RUnlock()
	_, ok := policies[name]
	return ok
}

func show(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(policies[r.URL.Path])) // want "GM104.*policies"
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", show)
	Reload([]string{"/a"})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 500 {
				mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/a", nil))
			}
		})
	}
	for range 500 {
		Reload([]string{"/a", "/b"})
	}
	wg.Wait()
	if !Known("/b") {
		panic("not loaded")
	}
}
