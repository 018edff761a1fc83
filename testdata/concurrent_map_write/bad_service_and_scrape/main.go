// fails: race

package main

import (
	"context"
	"sync"
)

type UnimplementedStoreServer struct{}

type Request struct{ Key string }
type Reply struct{}

type server struct {
	UnimplementedStoreServer
	hits map[string]int
}

func (s *server) Get(ctx context.Context, req *Request) (*Reply, error) {
	s.hits[req.Key]++ // want "GM101.*hits"
	return &Reply{}, nil
}

type Metric interface{ Desc() string }

type collector struct{ seen map[string]int }

func (c *collector) Collect(out chan<- Metric) {
	c.seen["a"]++ // want "GM101.*seen"
}

func main() {
	s := &server{hits: map[string]int{}}
	c := &collector{seen: map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.Get(context.Background(), &Request{"a"})
			c.Collect(nil)
		}()
	}
	wg.Wait()
}
