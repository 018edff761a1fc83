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

var errExists = errors.New("exists")

type Registry struct {
	mu     sync.RWMutex
	owners map[string]int
}

func (r *Registry) Register(name string, owner int) error {
	r.mu.RLock()
	_, taken := r.owners[name]
	r.mu.RUnlock()
	if taken {
		return errExists
	}
	runtime.Gosched() // as a check of the name would
	r.mu.Lock()
	defer r.mu.Unlock()
	r.owners[name] = owner // want "GM107.*Registry.owners.*both be let in"
	return nil
}

func main() {
	var let atomic.Int64
	for range 2000 {
		r := &Registry{owners: map[string]int{}}
		let.Store(0)
		var wg sync.WaitGroup
		for owner := range 8 {
			wg.Go(func() {
				if r.Register("x", owner) == nil {
					let.Add(1)
				}
			})
		}
		wg.Wait()
		if let.Load() > 1 {
			fmt.Println("owners of one name:", let.Load())
			os.Exit(1)
		}
	}
}
