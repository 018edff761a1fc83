// fails: race

package main

import (
	"context"
	"sync"
)

// What the compiler of the protocol makes.

type UnimplementedGreeterServer struct{}

type Request struct{ Name string }

type Reply struct{}

type greeter struct {
	UnimplementedGreeterServer
	greeted map[string]int
}

func (s *greeter) Greet(ctx context.Context, request *Request) (*Reply, error) {
	s.greeted[request.Name]++ // want "GM101.*greeter.greeted"
	return &Reply{}, nil
}

type GreeterServer interface {
	Greet(ctx context.Context, request *Request) (*Reply, error)
}

func call(server GreeterServer, request *Request) { server.Greet(context.Background(), request) }

func main() {
	s := &greeter{greeted: map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 1000 {
				call(s, &Request{Name: "a"})
			}
		}()
	}
	wg.Wait()
}
