// fails: race

package main

import (
	"sync"
)

type SafeMap struct {
	sync.RWMutex
	m map[string]int
}

func (s *SafeMap) Set(k string, v int) {
	s.Lock()
	defer s.Unlock()
	s.m[k] = v
}

type App struct{ counters SafeMap }

func (a *App) Hit(k string) {
	a.counters.m[k]++ // want "GM10[14]"
}

func main() {
	a := &App{counters: SafeMap{m: map[string]int{}}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				a.counters.Set("x", i)
				a.Hit("y")
			}
		})
	}
	wg.Wait()
}
