// misbehaves: exit 1
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

type Dir struct {
	subs  sync.Map
	files atomic.Int64
}

func (d *Dir) Sub(name string) *Dir {
	sub, ok := d.subs.Load(name)
	if !ok {
		runtime.Gosched()
		sub = &Dir{}
		d.subs.Store(name, sub) // want "GM302.*subs"
	}
	return sub.(*Dir)
}

func main() {
	for range 2000 {
		root := &Dir{}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() { root.Sub("a").files.Add(1) })
		}
		wg.Wait()
		if n := root.Sub("a").files.Load(); n != 4 {
			fmt.Println("4 files, counted", n)
			os.Exit(1)
		}
	}
}
