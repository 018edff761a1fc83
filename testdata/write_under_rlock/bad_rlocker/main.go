// fails: race

package main

import (
	"sync"
)

type Reg struct {
	rw sync.RWMutex
	m  map[int]int
}

func (r *Reg) Inc(k int) {
	l := r.rw.RLocker() // Lock() of this Locker is RLock()
	l.Lock()
	defer l.Unlock()
	r.m[k]++ // want "GM105"
}

func main() {
	r := &Reg{m: map[int]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				r.Inc(i % 7)
			}
		})
	}
	wg.Wait()
}
