// fails: race

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

// notifier is a plugin that may be configured anew at any time: this is what the lock is for.
type notifier struct {
	UnimplementedNotifierServer
	mu      sync.Mutex
	configs map[string]Config
}

func (n *notifier) Configure(ctx context.Context, config *Config) (*Reply, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.configs[config.Name] = *config
	return &Reply{}, nil
}

func (n *notifier) Notify(ctx context.Context, request *Request) (*Reply, error) {
	return &Reply{Text: n.configs[request.Name].Text}, nil // want "GM104.*notifier.configs"
}

func main() {
	n := &notifier{configs: map[string]Config{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for range 1000 {
				n.Notify(context.Background(), &Request{Name: "a"})
			}
		}()
		go func() {
			defer wg.Done()
			for range 1000 {
				n.Configure(context.Background(), &Config{Name: "a"})
			}
		}()
	}
	wg.Wait()
}
