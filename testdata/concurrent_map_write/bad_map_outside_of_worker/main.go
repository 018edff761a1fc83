// fails: race

package main

import (
	"strconv"
	"sync"
)

type conn struct{ msgs []string }

func serve(conns []*conn) {
	state := map[string]int{} // one map for all connections
	var wg sync.WaitGroup
	handle := func(c *conn) {
		for _, m := range c.msgs {
			state[m]++ // want "GM101.*state"
		}
	}
	for _, c := range conns {
		wg.Add(1)
		go func() {
			defer wg.Done()
			handle(c)
		}()
	}
	wg.Wait()
}

func main() {
	conns := make([]*conn, 8)
	for i := range conns {
		conns[i] = &conn{}
		for j := 0; j < 20000; j++ {
			conns[i].msgs = append(conns[i].msgs, strconv.Itoa(j%10))
		}
	}
	for r := 0; r < 5; r++ {
		serve(conns)
	}
}
