// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

type Inbox struct{ m sync.Map }

// Take a message exactly once: Load then Delete lets two goroutines take it.
func (b *Inbox) Take(id int) (any, bool) {
	v, ok := b.m.Load(id)
	if ok {
		runtime.Gosched()
		b.m.Delete(id) // want "GM302"
	}
	return v, ok
}

func main() {
	b := &Inbox{}
	var taken atomic.Int64
	const n = 20000
	for i := 0; i < n; i++ {
		b.m.Store(i, "msg")
	}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < n; i++ {
				if _, ok := b.Take(i); ok {
					taken.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if taken.Load() != n {
		fmt.Println(taken.Load(), "takes of", n, "messages")
		os.Exit(1)
	}
}
