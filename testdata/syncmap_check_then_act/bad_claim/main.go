// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

type Jobs struct {
	taken sync.Map
	runs  atomic.Int64
}

// Run is meant to run each job once.
func (j *Jobs) Run(id int) {
	if _, ok := j.taken.Load(id); ok {
		return
	}
	runtime.Gosched()
	j.taken.Store(id, true) // want "GM302.*claimed"
	j.runs.Add(1)
}

func main() {
	j := &Jobs{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				j.Run(i)
			}
		})
	}
	wg.Wait()
	if n := j.runs.Load(); n != 20000 {
		fmt.Println("20000 jobs were run", n, "times")
		os.Exit(1)
	}
}
