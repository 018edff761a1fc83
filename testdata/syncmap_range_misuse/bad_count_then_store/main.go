// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

const limit = 5

type Rooms struct{ members sync.Map }

func (r *Rooms) Join(id int) bool {
	n := 0
	r.members.Range(func(_, _ any) bool { // want "GM310.*members"
		n++
		return true
	})
	if n >= limit {
		return false
	}
	runtime.Gosched()
	r.members.Store(id, true)
	return true
}

func main() {
	crowded := 0
	for round := 0; round < 2000; round++ {
		r := &Rooms{}
		var wg sync.WaitGroup
		for id := 0; id < 10; id++ {
			wg.Go(func() { r.Join(id) })
		}
		wg.Wait()
		n := 0
		r.members.Range(func(_, _ any) bool {
			n++
			return true
		})
		if n > limit {
			crowded++
		}
	}
	if crowded > 0 {
		fmt.Println("more than", limit, "members in", crowded, "of 2000 rooms")
		os.Exit(1)
	}
}
