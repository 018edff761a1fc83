// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

type Conn struct{ host string }

type Pool struct{ conns sync.Map }

// Two callers that both miss both make a connection, and one of them is left with the other one's.
func (p *Pool) Get(host string) *Conn {
	if c, ok := p.conns.Load(host); ok {
		return c.(*Conn)
	}
	c := &Conn{host}
	runtime.Gosched()
	p.conns.Store(host, c) // want "GM302.*conns"
	return c
}

func main() {
	doubled := 0
	for r := 0; r < 500; r++ {
		p := &Pool{}
		got := make([]*Conn, 8)
		var wg sync.WaitGroup
		for g := range got {
			wg.Go(func() { got[g] = p.Get("h") })
		}
		wg.Wait()
		for _, c := range got {
			if c != got[0] {
				doubled++
				break
			}
		}
	}
	if doubled > 0 {
		fmt.Println("rounds with more than one connection:", doubled)
		os.Exit(1)
	}
}
