package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

type API struct {
	mu    sync.RWMutex
	users map[string]string
}

func (a *API) put(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.users[r.URL.Path] = r.Method
	a.mu.Unlock()
}

func (a *API) get(w http.ResponseWriter, r *http.Request) {
	a.mu.RLock()
	user := a.users["/put"]
	a.mu.RUnlock()
	fmt.Fprint(w, user)
}

func main() {
	a := &API{users: map[string]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/put", a.put)
	mux.HandleFunc("/get", a.get)
	var wg sync.WaitGroup
	for _, path := range []string{"/put", "/get"} {
		wg.Go(func() {
			for i := 0; i < 200; i++ {
				mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
			}
		})
	}
	wg.Wait()
}
