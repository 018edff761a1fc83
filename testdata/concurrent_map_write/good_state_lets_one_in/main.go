package main

import (
	"net/http/httptest"
	"sync"

	"example.com/testdata/concurrent_map_write/good_state_lets_one_in/session"
)

func main() {
	for range 20 {
		s := &session.Session{}
		var requests sync.WaitGroup
		for range 4 {
			requests.Go(func() {
				s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
			})
		}
		requests.Wait()
	}
}
