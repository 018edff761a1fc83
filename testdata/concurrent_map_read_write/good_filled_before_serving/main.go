package main

import (
	"fmt"
	"net"
	"net/http"
	"sync"
)

var sites map[string]string

func show(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, sites[r.URL.Path])
}

// visit asks for pages until it has seen enough of them.
func visit(address string, done *sync.WaitGroup) {
	defer done.Done()
	for i := range 200 {
		if answer, err := http.Get(fmt.Sprintf("http://%s/%d", address, i%10)); err == nil {
			answer.Body.Close()
		}
	}
}

func main() {
	http.HandleFunc("/", show)
	sites = map[string]string{}
	for i := range 20_000 {
		sites[fmt.Sprint("/", i%10)] = "here"
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	var visitors sync.WaitGroup
	visitors.Add(1)
	go visit(listener.Addr().String(), &visitors)
	go func() {
		visitors.Wait()
		listener.Close()
	}()
	http.Serve(listener, nil)
}
