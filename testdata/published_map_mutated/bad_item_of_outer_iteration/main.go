// fails: race
// What is stored is changed in the next turn of an inner loop, though it is the same object.
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
		for range 2 {
			for zone, n := range one.zones {
				if n == 0 {
					delete(one.zones, zone) // want "GM109"
				}
			}
			a.current.Store(one)
			one.zones["a"] = 0 // may "GM109"
		}
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
