// fails: race

package main

import "sync"

type Lazy[K comparable, V any] struct {
	mu   sync.RWMutex
	made map[K]V
	make func(K) V
}

func (l *Lazy[K, V]) Get(k K) V {
	l.mu.RLock()
	defer l.mu.RUnlock()
	v, ok := l.made[k]
	if !ok {
		v = l.make(k)
		l.made[k] = v // want "GM105.*made"
	}
	return v
}

func main() {
	l := &Lazy[int, int]{made: map[int]int{}, make: func(k int) int { return k * k }}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 5000; i++ {
				l.Get(i)
			}
		})
	}
	wg.Wait()
}
