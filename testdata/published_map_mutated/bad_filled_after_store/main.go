// fails: race

package main

import (
	"strconv"
	"sync"
	"sync/atomic"
)

type Routes struct {
	table atomic.Pointer[map[string]string]
}

func (r *Routes) Reload(n int) {
	table := make(map[string]string, n)
	r.table.Store(&table)
	for i := range n {
		table[strconv.Itoa(i)] = "backend" // want "GM109.*stored"
	}
}

func (r *Routes) Find(path string) string {
	return (*r.table.Load())[path] // may "GM10[12]"
}

func main() {
	r := &Routes{}
	r.Reload(1)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 500 {
				r.Reload(50)
				for range 50 {
					r.Find("7")
				}
			}
		})
	}
	wg.Wait()
}
