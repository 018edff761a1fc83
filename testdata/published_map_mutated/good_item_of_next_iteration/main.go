// What one iteration has stored is not what the next one changes.
package main

import (
	"sync"
	"sync/atomic"
)

type instances struct{ zones map[string]int }

type App struct{ current atomic.Pointer[instances] }

func (a *App) Zones() (total int) {
	for _, n := range a.current.Load().zones {
		total += n
	}
	return total
}

// Update drops empty zones, and shows what is left.
func (a *App) Update(all []*instances) {
	for _, one := range all {
		for zone, n := range one.zones {
			if n == 0 {
				delete(one.zones, zone)
			}
		}
		a.current.Store(one)
	}
}

func main() {
	a := &App{}
	a.current.Store(&instances{})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 2000 {
				a.Update([]*instances{{zones: map[string]int{"a": 0, "b": 1}}, {zones: map[string]int{"a": 0}}})
			}
		})
		wg.Go(func() {
			for range 20000 {
				a.Zones()
			}
		})
	}
	wg.Wait()
}
