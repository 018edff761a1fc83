// fails: race

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

var visits = map[string]int{}

func hello(w http.ResponseWriter, r *http.Request) {
	visits[r.URL.Path]++ // want "GM101.*visits"
	fmt.Fprintln(w, "hello")
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", hello)
	srv := httptest.NewServer(mux)
	defer srv.Close()
	var wg sync.WaitGroup
	for g := 0; g < 16; g++ {
		wg.Go(func() {
			for i := 0; i < 100; i++ {
				resp, err := http.Get(fmt.Sprintf("%s/%d", srv.URL, i))
				if err == nil {
					resp.Body.Close()
				}
			}
		})
	}
	wg.Wait()
	fmt.Println("total requests 1600, counted:", len(visits)) // may "GM102"
}
