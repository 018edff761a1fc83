// The caller goes on with what the map holds: not safe, for where the key is known, another value is used than before.
package main

import (
	"fmt"
	"sync"
)

type conn struct{ id int }

type pool struct{ conns sync.Map }

func (p *pool) get(host string, id int) *conn {
	c := &conn{id}
	p.conns.LoadOrStore(host, c)
	return c
}

func main() {
	p := &pool{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		p.get("a", 1)
	}()
	wg.Wait()
	fmt.Println(p.get("a", 2) != nil)
}
