// fails: race

package main

import (
	"strconv"
	"sync"
)

// A user type named like sync.Map, without any lock.
type Map struct{ m map[string]int }

func (x *Map) Store(k string, v int) { x.m[k] = v } // want "GM101"

func (x *Map) Load(k string) (int, bool) {
	v, ok := x.m[k] // may "GM102"
	return v, ok
}

func main() {
	x := &Map{m: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 30000; i++ {
				x.Store(strconv.Itoa(i%10), i)
				x.Load("1")
			}
		})
	}
	wg.Wait()
}
