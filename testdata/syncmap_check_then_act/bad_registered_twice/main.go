// misbehaves: exit 1

package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

type Registry struct{ byName sync.Map }

func (r *Registry) Register(name string, handler func()) error {
	if _, ok := r.byName.Load(name); ok {
		return errors.New("registered already: " + name)
	}
	runtime.Gosched()
	r.byName.Store(name, handler) // want "GM302.*byName"
	return nil
}

func main() {
	r := &Registry{}
	var accepted atomic.Int64
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 10000; i++ {
				if r.Register(fmt.Sprint(i), func() {}) == nil {
					accepted.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if n := accepted.Load(); n != 10000 {
		fmt.Println("10000 names were accepted", n, "times")
		os.Exit(1)
	}
}
