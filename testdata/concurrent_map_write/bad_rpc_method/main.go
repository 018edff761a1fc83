// fails: race
// The server of net/rpc runs each call on a goroutine of its own.
package main

import (
	"net"
	"net/rpc"
	"sync"
)

type Counter struct{ hits map[string]int }

func (c *Counter) Hit(name string, total *int) error {
	c.hits[name]++       // want "GM101.*hits"
	*total = len(c.hits) // want "GM102.*hits"
	return nil
}

func main() {
	server := rpc.NewServer()
	if err := server.Register(&Counter{hits: map[string]int{}}); err != nil {
		panic(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		here, there := net.Pipe()
		go server.ServeConn(there)
		wg.Go(func() {
			client := rpc.NewClient(here)
			defer client.Close()
			for range 200 {
				var total int
				if err := client.Call("Counter.Hit", "a", &total); err != nil {
					panic(err)
				}
			}
		})
	}
	wg.Wait()
}
