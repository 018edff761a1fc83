package main

import (
	"context"
	"sync"

	"example.com/testdata/concurrent_map_write/good_behind_an_interface_for_one_request/service"
)

func main() {
	s := service.New()
	var requests sync.WaitGroup
	for range 50 {
		requests.Go(func() {
			s.Create(context.Background(), &service.Request{Names: []string{"a", "b"}})
			s.Update(context.Background(), &service.Request{Names: []string{"a"}})
		})
	}
	requests.Wait()
}
