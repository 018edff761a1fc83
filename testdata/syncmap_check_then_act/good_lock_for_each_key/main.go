package main

import (
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
	left  atomic.Int64
}

func (p *peers) remove(id string) *atomic.Int64 {
	p.locks.LockKey(id)
	defer p.locks.UnlockKey(id)
	v, ok := p.byID.Load(id)
	if !ok {
		return nil
	}
	p.byID.Delete(id)
	return v.(*atomic.Int64)
}

func main() {
	p := &peers{locks: keyed{each: map[string]*sync.Mutex{}}}
	var wg sync.WaitGroup
	for round := 0; round < 200; round++ {
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
		if taken.Load() != 1 {
			panic("taken twice")
		}
	}
}
