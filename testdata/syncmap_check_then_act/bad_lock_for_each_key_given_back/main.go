// misbehaves: exit 1
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

// A lock of its own for each key.
type keyed struct {
	mu   sync.Mutex
	each map[string]*sync.Mutex
}

func (k *keyed) of(key string) *sync.Mutex {
	k.mu.Lock()
	defer k.mu.Unlock()
	one, ok := k.each[key]
	if !ok {
		one = &sync.Mutex{}
		k.each[key] = one
	}
	return one
}

func (k *keyed) LockKey(key string)   { k.of(key).Lock() }
func (k *keyed) UnlockKey(key string) { k.of(key).Unlock() }

type peers struct {
	locks keyed
	byID  sync.Map
}

func (p *peers) remove(id string) *atomic.Int64 {
	p.locks.LockKey(id)
	v, ok := p.byID.Load(id)
	p.locks.UnlockKey(id)
	if !ok {
		return nil
	}
	runtime.Gosched()
	p.byID.Delete(id) // want "GM302 .*loaded and then deleted"
	return v.(*atomic.Int64)
}

func main() {
	p := &peers{locks: keyed{each: map[string]*sync.Mutex{}}}
	var wg sync.WaitGroup
	for round := 0; round < 2000; round++ {
		taken := &atomic.Int64{}
		p.byID.Store("a", taken)
		for g := 0; g < 4; g++ {
			wg.Go(func() {
				if one := p.remove("a"); one != nil {
					one.Add(1)
				}
			})
		}
		wg.Wait()
		if taken.Load() > 1 {
			fmt.Println("taken", taken.Load(), "times")
			os.Exit(1)
		}
	}
}
