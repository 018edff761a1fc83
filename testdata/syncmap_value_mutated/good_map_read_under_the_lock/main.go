// The maps inside are written and read under one lock.
package main

import "sync"

type Brokers struct {
	mu       sync.RWMutex
	versions sync.Map
}

func (b *Brokers) Beat(name, addr string, version int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	known, ok := b.versions.Load(name)
	var m map[string]int
	if ok {
		m = known.(map[string]int)
	} else {
		m = make(map[string]int)
		b.versions.Store(name, m)
	}
	m[addr] = version
}

func (b *Brokers) Version(name, addr string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.version(name, addr)
}

func (b *Brokers) version(name, addr string) int {
	known, ok := b.versions.Load(name)
	if !ok {
		return 0
	}
	return known.(map[string]int)[addr]
}

func main() {
	b := &Brokers{}
	var wg sync.WaitGroup
	wg.Go(func() { b.Beat("a", "b", 1) })
	wg.Go(func() { b.Version("a", "b") })
	wg.Wait()
}
