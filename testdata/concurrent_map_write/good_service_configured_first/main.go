package main

import (
	"context"
	"sync"
)

// What the compiler of the protocol makes.

type UnimplementedNotifierServer struct{}

type Config struct{ Name, Text string }

type Request struct{ Name string }

type Reply struct{ Text string }

// notifier is a plugin: who uses it configures it first.
type notifier struct {
	UnimplementedNotifierServer
	configs map[string]Config
}

func (n *notifier) Configure(ctx context.Context, config *Config) (*Reply, error) {
	n.configs[config.Name] = *config
	return &Reply{}, nil
}

func (n *notifier) Notify(ctx context.Context, request *Request) (*Reply, error) {
	return &Reply{Text: n.configs[request.Name].Text}, nil
}

func main() {
	n := &notifier{configs: map[string]Config{}}
	for _, name := range []string{"a", "b"} {
		n.Configure(context.Background(), &Config{Name: name, Text: "hello"})
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 1000 {
				n.Notify(context.Background(), &Request{Name: "a"})
			}
		}()
	}
	wg.Wait()
}
