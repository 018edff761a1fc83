// fails: race
package main

import "sync"

type Brokers struct {
	mu       sync.Mutex
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
	m[addr] = version // want-related "GM304.*versions"
}

func (b *Brokers) Version(name, addr string) int {
	known, ok := b.versions.Load(name)
	if !ok {
		return 0
	}
	return known.(map[string]int)[addr] // want "GM304.*versions"
}

func main() {
	b := &Brokers{}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 1000 {
			b.Beat("a", "b", i)
		}
	})
	wg.Go(func() {
		for b.Version("a", "b") < 999 {
		}
	})
	wg.Wait()
}
