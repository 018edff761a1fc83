// The server of net/rpc runs each call on a goroutine of its own; the lock keeps them apart.
package main

import (
	"fmt"
	"net"
	"net/rpc"
	"sync"
)

type Counter struct {
	mu   sync.Mutex
	hits map[string]int
}

func (c *Counter) Hit(name string, total *int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hits[name]++
	*total = c.hits[name]
	return nil
}

func main() {
	server := rpc.NewServer()
	counter := &Counter{hits: map[string]int{}}
	if err := server.Register(counter); err != nil {
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
	fmt.Println(counter.hits["a"] == 800)
}
