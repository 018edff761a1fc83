// A variable of the package that a lock guards is for all requests, and for whoever loads it anew: each takes the lock.
package main

import (
	"fmt"
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

func show(w http.ResponseWriter, r *http.Request) {
	policiesMu.RLock()
	policy := policies[r.URL.Path]
	policiesMu.RUnlock()
	w.Write([]byte(policy))
}

func main() {
	policies["/z"] = "deny" // nobody asks yet
	mux := http.NewServeMux()
	mux.HandleFunc("/", show)
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 100 {
			Reload([]string{"/a", "/b"})
		}
	})
	for range 100 {
		mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/a", nil))
	}
	wg.Wait()
	fmt.Println(len(policies))
}
