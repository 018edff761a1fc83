// fails: race

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

type API struct{ users map[string]string }

func (a *API) put(w http.ResponseWriter, r *http.Request) {
	a.users[r.URL.Path] = r.Method // want "GM101.*users"
}

func (a *API) get(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, a.users["/put"]) // want "GM102.*users"
}

func main() {
	a := &API{users: map[string]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/put", a.put)
	mux.HandleFunc("/get", a.get)
	var wg sync.WaitGroup
	for _, path := range []string{"/put", "/get"} {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
			}
		})
	}
	wg.Wait()
}
