// Run is no call of the service: there are no requests and no replies.
package main

import (
	"context"
)

// What the compiler of the protocol makes.

type UnimplementedGreeterServer struct{}

type Request struct{ Name string }

type Reply struct{}

type greeter struct {
	UnimplementedGreeterServer
	greeted map[string]int
}

func (s *greeter) Run(ctx context.Context, names <-chan string) error {
	for name := range names {
		s.greeted[name]++
	}
	return nil
}

func main() {
	s := &greeter{greeted: map[string]int{}}
	names := make(chan string)
	go func() {
		defer close(names)
		for range 100 {
			names <- "a"
		}
	}()
	s.Run(context.Background(), names)
}
