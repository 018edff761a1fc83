// note: it works until somebody sends many paths

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

var (
	mu     sync.Mutex
	visits = map[string]int{}
)

func handle(w http.ResponseWriter, r *http.Request) {
	mu.Lock()
	defer mu.Unlock()
	visits[r.URL.Path]++ // want "GM501.*visits"
}

func main() {
	http.HandleFunc("/", handle)
	handle(httptest.NewRecorder(), httptest.NewRequest("GET", "/a", nil))
	mu.Lock()
	defer mu.Unlock()
	fmt.Println(len(visits))
}
